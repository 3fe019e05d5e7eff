from . import print_sets, documents, guardian_list
