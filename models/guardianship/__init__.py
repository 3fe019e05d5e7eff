from . import (
    profile,
    agreement_line,
    agreement_signature,
    agreement_interim,
    agreement,
)
