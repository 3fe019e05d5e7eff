"""What the official reads of a finding: reason and remedy of every code of `lib.census_rows`.

The sentences name rows and townships, never another child (domain.md §C.6 case 8).
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

# code: (short name for lists, sentence)
FINDINGS = {
    "missing_name": (
        _lt("Name missing"),
        _lt("The child's name is missing. Fill it in."),
    ),
    "missing_number": (
        _lt("Number missing"),
        _lt(
            "The identity number is missing. Fill it in, or say in the note why there is none, for "
            "example 未办理户口登记."
        ),
    ),
    "no_id_with_reason": (
        _lt("No number, reason given"),
        _lt(
            "There is no identity number; the note says why. The child is imported. Add the number "
            "as soon as there is one."
        ),
    ),
    "number_malformed": (
        _lt("Not an identity number"),
        _lt(
            "This is not an identity number: it has 18 characters, digits and at the end perhaps X, "
            "and holds the birth date. Compare it with the household register and correct it."
        ),
    ),
    "id_stored_as_number": (
        _lt("Number stored as a number"),
        _lt(
            "The identity number is stored as a number, and Excel has already destroyed its last "
            "digits. Format the column as text and type the number again."
        ),
    ),
    "bad_check_digit": (
        _lt("Wrong check digit"),
        _lt(
            "The last character of the identity number does not fit the others, so at least one of "
            "them is wrong. Compare it with the household register and correct it."
        ),
    ),
    "duplicate_in_file": (
        _lt("Twice in the file"),
        _lt(
            "Row %(row)s is for the same child or has the same identity number; that row counts. "
            "Correct the number here, or delete this row."
        ),
    ),
    "birth_date_contradicts_id": (
        _lt("Birth date contradicts the number"),
        _lt("The birth date is not the one in the identity number. Correct whichever is wrong."),
    ),
    "birth_date_unreadable": (
        _lt("Birth date unreadable"),
        _lt("This is not a date. Write it like 2016-08-18."),
    ),
    "birth_date_ignored": (
        _lt("Birth date taken from the number"),
        _lt("This is not a date. The birth date in the identity number is taken."),
    ),
    "missing_birth_date": (
        _lt("Birth date missing"),
        _lt("The birth date is missing, and there is no number that holds it. Fill it in."),
    ),
    "not_born": (
        _lt("Birth date in the future"),
        _lt("The birth date lies after the date of the census. Correct it."),
    ),
    "over_age": (
        _lt("Over the age limit"),
        _lt(
            "On the date of the census the child has reached %(limit)s years and does not belong on "
            "the ledger. Check the birth date, or delete the row."
        ),
    ),
    "sex_contradicts_id": (
        _lt("Sex contradicts the number"),
        _lt(
            "The sex does not agree with the identity number: its 17th digit is odd for a boy, even "
            "for a girl. Correct whichever is wrong."
        ),
    ),
    "missing_sex": (
        _lt("Sex missing"),
        _lt("The sex is missing or neither 男 nor 女. Fill it in."),
    ),
    "missing_township": (
        _lt("Township missing"),
        _lt("The township is missing. Fill it in."),
    ),
    "unknown_township": (
        _lt("Unknown township"),
        _lt("There is no township of this name in the county. Write its official name."),
    ),
    "missing_village": (
        _lt("Village missing"),
        _lt("The village is missing. Fill it in."),
    ),
    "unknown_village": (
        _lt("Unknown village"),
        _lt(
            "There is no village or community of this name in the township. Write the name as in the "
            "list of divisions, or have a missing division added."
        ),
    ),
    "ambiguous_village": (
        _lt("Several villages of this name"),
        _lt("Several villages or communities can be meant. Write the full official name."),
    ),
    "not_your_area": (
        _lt("Outside your area"),
        _lt("This place lies outside your area. Its own township or the county imports the row."),
    ),
    "other_parent_capable": (
        _lt("The other parent is able to care"),
        _lt(
            "One parent is at home and able to care, so the child is not left behind. If that parent "
            "works away too, fill in place and date; if it is gravely ill or disabled, say so here."
        ),
    ),
    "parent_at_home": (
        _lt("No parent works away"),
        _lt(
            "No parent works away from home, so the child is not left behind. If a parent does, fill "
            "in place and date; work inside the county does not count where the district says so."
        ),
    ),
    "both_incapable": (
        _lt("No parent away, none able to care"),
        _lt(
            "No parent works away and none is able to care: the child is not left behind but may be "
            "without effective guardianship. Report it under that heading and delete the row."
        ),
    ),
    "parents_unknown": (
        _lt("Parent not recorded"),
        _lt(
            "Nothing is known of this parent. The child is imported as “to be verified”; add the "
            "parent, or why there is none."
        ),
    ),
    "away_unverified": (
        _lt("Work away not verified"),
        _lt(
            "Since when, or where, this parent works away is not stated. The child is imported as “to "
            "be verified”."
        ),
    ),
    "not_long_enough": (
        _lt("Not away long enough yet"),
        _lt(
            "This parent has not been away for the required number of months yet. The child is "
            "imported as “to be verified”."
        ),
    ),
    "incapacity_unproved": (
        _lt("Incapacity not proved"),
        _lt(
            "That this parent is unable to care is not proved by a level of disability. The child is "
            "imported as “to be verified”; add the certificate."
        ),
    ),
    "unknown_word": (
        _lt("Unknown word"),
        _lt("This word is not among the choices of the form. It is left out; the row is imported."),
    ),
    "date_unreadable": (
        _lt("Date unreadable"),
        _lt("This is not a date. It is left out; the row is imported."),
    ),
    "phone_unreadable": (
        _lt("Telephone unreadable"),
        _lt("This is not a telephone number. It is left out; the row is imported."),
    ),
    "adult_nameless": (
        _lt("Adult without a name"),
        _lt("There is a number but no name, so this person is left out. The child is imported."),
    ),
    "adult_number_doubtful": (
        _lt("Number of an adult to be checked"),
        _lt(
            "The last character of this identity number does not fit the others. It is imported as "
            "“to be checked with the police”."
        ),
    ),
    "adult_number_malformed": (
        _lt("Number of an adult left out"),
        _lt("This is not an identity number. It is left out; the person is imported."),
    ),
    "adult_number_destroyed": (
        _lt("Number of an adult destroyed"),
        _lt(
            "This identity number is stored as a number, and Excel has already destroyed its last "
            "digits. It is left out; the person is imported."
        ),
    ),
    "adult_sex": (
        _lt("Sex of a parent"),
        _lt("According to this identity number the father is a woman, or the mother a man."),
    ),
    "adult_name_differs": (
        _lt("One number, two names"),
        _lt(
            "Another record gives this person another name for the same identity number. The name "
            "known first is kept."
        ),
    ),
    "carer_under_18": (
        _lt("Carer under 18"),
        _lt(
            "The carer is under 18 and cannot be one. The child is imported without a carer; name an "
            "adult."
        ),
    ),
    "carer_is_parent": (
        _lt("Carer is a parent"),
        _lt("A parent is not an entrusted carer. The child is imported without a carer."),
    ),
    "number_of_adult": (
        _lt("Number of an adult"),
        _lt("This identity number belongs to an adult, a parent or carer. Correct it."),
    ),
    "adult_number_of_child": (
        _lt("Number of a child"),
        _lt("This identity number belongs to a child. Correct the number of the adult."),
    ),
    "adult_number_elsewhere": (
        _lt("Number of a person elsewhere"),
        _lt(
            "This identity number already belongs to another person outside your area. Check the "
            "number."
        ),
    ),
    "adult_kept": (
        _lt("Adult on file elsewhere"),
        _lt(
            "This person is on file outside your area. The child is linked to that file, and nothing in "
            "it is changed; what has changed is reported to the place that keeps it."
        ),
    ),
    "other_township": (
        _lt("On another township's ledger"),
        _lt(
            "A child with this identity number is on file in %(township)s. Correct the number, or ask "
            "%(township)s to propose a move."
        ),
    ),
    "other_child": (
        _lt("Number of another child"),
        _lt(
            "This identity number is on file in your township under another name. Correct the number; "
            "if the name on file is wrong, correct it there."
        ),
    ),
    "not_on_ledger": (
        _lt("On file, not on the ledger"),
        _lt(
            "This child's file exists but is not on the ledger: %(state)s. The file is brought up to "
            "date; open it to submit, verify or return the child."
        ),
    ),
}

# Why a file cannot be read at all: codes of `lib.census_workbook.WorkbookError`.
FILES = {
    "empty": _lt("Choose the census workbook first."),
    "too_large": _lt(
        "The file is too large (more than %(megabytes)s MB, or unpacks to too much). Import it "
        "township by township."
    ),
    "overloaded": _lt(
        "Besides its rows the workbook unpacks to too much, for example formats. Copy the table into "
        "our template, as values only, and import that."
    ),
    "unsafe": _lt(
        "The workbook holds definitions that no spreadsheet program writes and that can do harm. Open "
        "it in Excel or WPS and save it again."
    ),
    "csv": _lt(
        "This is a text file (CSV), in which identity numbers lose their last digits. Save the census "
        "as an Excel workbook (.xlsx)."
    ),
    "encrypted": _lt(
        "The workbook is protected by a password. Open it in Excel or WPS, remove the password and "
        "save it again."
    ),
    "old_format": _lt(
        "This is a workbook in the old format (.xls). Open it in Excel or WPS and save it as .xlsx."
    ),
    "not_a_workbook": _lt("This is not an Excel workbook. Save the census as .xlsx."),
    "damaged": _lt("The workbook is damaged. Open it in Excel or WPS and save it again."),
    "too_many_rows": _lt(
        "The sheet has more than %(limit)s rows. Delete empty rows below the table, or import it "
        "township by township."
    ),
    "no_header": _lt(
        "No sheet has the headings of the census, such as 儿童姓名 and 公民身份号码. Use our template."
    ),
    "missing_headings": _lt("These headings are missing: %(headings)s. Add the columns."),
}


class Speaker:
    """Makes the sentences of a census: where something was found, what it is, what to do."""

    def __init__(self, env, columns, places):
        """`places`: the `lib.census_headings.Place`s of the sheet; `columns`: all that a census can have."""
        self._env = env
        self._places = {place.key: place for place in places}
        self._headings = {column.code: column.heading for column in columns}

    def say(self, row, finding):
        """Return the sentence (str) for a `lib.census_rows.Finding` of a row."""
        sentence = self._env._(FINDINGS[finding.code][1])
        text = sentence % finding.params
        place = self._places.get(finding.column)
        if place is None:  # the sheet lacks the column; its official heading says what is meant
            heading = self._headings[finding.column]
            return self._env._(
                "Row %(row)s %(heading)s: %(text)s", row=row.number, heading=heading, text=text
            )
        return self._env._(
            "%(cell)s %(heading)s: %(text)s",
            cell=f"{place.letter}{row.number}",
            heading=place.heading,
            text=text,
        )

    def verdict(self, row):
        """Return the columns of a line that say what was found in its row."""
        findings = row.ranked
        return {
            "status": row.status,
            "problem": findings[0].code if findings else None,
            "message": "\n".join(self.say(row, finding) for finding in findings) or None,
        }
