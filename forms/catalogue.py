"""The sentence of every problem, in English; each says what is wrong and what to do."""

from __future__ import annotations

from forms.words import mark as _

CATALOGUE: dict[str, str] = {
    "required": _("This question needs an answer."),
    # expressions: field, row and column say where in the checklist's expression
    "expression-empty": _("{field}: the expression is empty. Write one, or leave the field out."),
    "expression-long": _(
        "{field}: the expression is longer than {most} characters. "
        "Split it over calculate questions."
    ),
    "expressions-long": _(
        "{field}: the expressions of this checklist have more than {most} characters together. "
        "Shorten them, or split the checklist."
    ),
    "expression-large": _(
        "{field}: the expression has more than {most} parts. Split it over calculate questions."
    ),
    "expression-deep": _(
        "{field}, row {row}, column {column}: more than {most} levels of nesting. "
        "Split the expression over calculate questions."
    ),
    "expression-character": _(
        "{field}, row {row}, column {column}: “{found}” has no meaning here. Remove it."
    ),
    "expression-quote": _(
        "{field}, row {row}, column {column}: the text that starts here has no closing quote. "
        "Add it."
    ),
    "expression-quotes": _(
        "{field}, row {row}, column {column}: the quotes of {found} were read as straight ones. "
        "Write ' or \"."
    ),
    "expression-reference": _(
        "{field}, row {row}, column {column}: “{found}” names no question. "
        "Write ${{id}} or ${{matrix.row}}."
    ),
    "expression-spelling": _(
        "{field}, row {row}, column {column}: “{found}” is no operator here. Write “{right}”."
    ),
    "expression-unexpected": _(
        "{field}, row {row}, column {column}: “{found}” does not fit here. "
        "Check the operators, commas and parentheses around it."
    ),
    "expression-end": _(
        "{field}, row {row}, column {column}: the expression ends too early. "
        "A value or a closing parenthesis is missing."
    ),
    "expression-name": _(
        "{field}, row {row}, column {column}: “{name}” stands alone. "
        "Write ${{{name}}} for the question or '{name}' for the text."
    ),
    "expression-function": _(
        "{field}, row {row}, column {column}: there is no function “{name}”. Use one of: {known}."
    ),
    "expression-function-near": _(
        "{field}, row {row}, column {column}: there is no function “{name}”. Did you mean “{near}”?"
    ),
    "expression-arguments": _(
        "{field}, row {row}, column {column}: {name}() takes {wanted} arguments and has {given}. "
        "Correct their number."
    ),
    "expression-unknown": _(
        "{field}, row {row}, column {column}: there is no question “{name}”. Correct the id."
    ),
    "expression-unknown-near": _(
        "{field}, row {row}, column {column}: there is no question “{name}”. Did you mean “{near}”?"
    ),
    "expression-note": _(
        "{field}, row {row}, column {column}: “{name}” is a note and has no value. "
        "Name a question that takes an answer."
    ),
    "expression-matrix": _(
        "{field}, row {row}, column {column}: “{name}” is a matrix. "
        "Name one of its rows, such as ${{{near}}}."
    ),
    "expression-dot": _(
        "{field}, row {row}, column {column}: “.” is the answer itself and works only in "
        "constraint and required. Write ${{id}}."
    ),
    "expression-count": _(
        "{field}, row {row}, column {column}: count() takes only questions. Write ${{id}}."
    ),
    "expression-format": _(
        "{field}, row {row}, column {column}: “{found}” is no date code. Use {known}."
    ),
    "expression-regex-syntax": _(
        "{field}, row {row}, column {column}: the pattern is wrong at its character {at} "
        "(“{found}”). Correct it."
    ),
    "expression-regex-unsupported": _(
        "{field}, row {row}, column {column}: the pattern uses “{found}” at its character {at}, "
        "which is not supported. Write it another way."
    ),
    "expression-regex-large": _(
        "{field}, row {row}, column {column}: the pattern is too large. "
        "Use smaller counts and fewer groups."
    ),
    "expression-regex-all": _(
        "{field}, row {row}, column {column}: the patterns of this checklist are too large "
        "together. Use smaller counts and fewer groups."
    ),
    "expression-regex-slow": _(
        "{field}, row {row}, column {column}: this pattern is so large that a text of more than "
        "{most} characters may not match it. Use smaller counts, or limit the text with max_length."
    ),
    "expression-choice": _(
        "{field}, row {row}, column {column}: “{choice}” is no choice of {name}. "
        "Its choices are: {known}."
    ),
    "expression-na-choice": _(
        "{field}, row {row}, column {column}: “{choice}” is an N/A choice of {name}, and N/A reads "
        "as blank, so the two are never equal. Compare with ''."
    ),
    "expression-circle": _(
        "{field}: these wait for each other in a circle: {members}. Break it at one of them."
    ),
    # filling: checks of a visit before it is submitted
    "constraint": _("This answer is outside what is allowed here. Check it."),
    "constraint-message": _("{message}"),
    "constraint-long": _(
        "This text is too long for the pattern that it is checked by. Shorten it."
    ),
    "comment-missing": _("This answer needs a comment. Write one."),
    "photo-missing": _("This answer needs a photo. Add one."),
    "expectation-incomplete": _("Both what you expected and what you found are needed."),
    "left-blank": _("Questions left blank that may stay so: {count}."),
    # contradictions: what does not fit together, for a person to look at
    "contradicts-timer": _(
        "“{answer}” in {number} does not fit the {time} of {other}: the limit is {limit}. Look at "
        "both: one of them is wrong, or keep them and say why."
    ),
    "negative-comment": _(
        "“{answer}” in {number}, but its comment says {words}. Look at both: one of them is wrong, "
        "or keep them and say why."
    ),
    "comment-repeated": _(
        "{number} and {other} have the same words. Write for each what you saw there, or keep "
        "them and say why."
    ),
    "comment-capitals": _(
        "The words of {number} are all in capitals, which is hard to read. Write them in small "
        "letters, or keep them and say why."
    ),
    "comment-thin": _(
        "“{comment}” in {number} explains too little. Say in a few words what you saw, or keep it "
        "and say why."
    ),
    # lists of complaint words
    "complaint-words-unreadable": _(
        "These are no lists of complaint words. Write one list of phrases for each language."
    ),
    "complaint-words-many": _("There are {count} phrases. Keep at most {most}."),
    "complaint-phrase-long": _("“{phrase}” has {count} characters. Use at most {most}."),
    "complaint-phrase-marks": _(
        "“{phrase}” cannot be searched for. Use words alone, without punctuation marks."
    ),
    # answers
    "unknown-choice": _("{given} is not a choice of this question. Choose from: {known}."),
    "not-choices": _('Give a list of choice ids, such as ["a", "b"], not {given}.'),
    "repeated-choice": _("“{given}” is chosen twice. Name every choice once."),
    "exclusive-choice": _("“{given}” stands alone: take it or the other choices away."),
    "off-scale": _("Answer with a whole number from {min} to {max}, not {given}."),
    "not-expectation": _('Give {{"value": {{"expected": 4, "perceived": 3}}}}, not {given}.'),
    "not-whole": _("Answer with a whole number, such as 12, not {given}."),
    "not-number": _("Answer with a number, such as 12.5, not {given}."),
    "long-number": _("This number is too long. Use at most {max} digits."),
    "not-text": _("Answer with text in quotes, not {given}."),
    "broken-text": _("This text holds half a character (a lone surrogate). Type it again."),
    "not-date": _("Give a date that exists as YYYY-MM-DD, not {given}."),
    "not-time": _("Give a time as HH:MM or HH:MM:SS, not {given}."),
    "not-datetime": _("Give a date and time as YYYY-MM-DDTHH:MM, not {given}."),
    "evidence-only": _("This question is answered by evidence: a list of references, not {given}."),
    "takes-no-answer": _("This question takes no answer. Take {given} away."),
    "too-few-words": _("Write more: {count} of at least {min} words."),
    "too-long": _("Shorten this text to {max} characters; there are {count}."),
    "na-not-allowed": _("This question does not allow N/A. Give an answer."),
    "na-beside-value": _("N/A stands beside a value. Take one of the two away."),
    "answers-not-map": _('An answers file is {{"answers": {{…}}, "at": "…"}}, not {given}.'),
    "answers-missing": _('Put the answers below the key "answers".'),
    "answers-key": _("{given} is not a key of an answers file. The keys are: {known}."),
    "answer-key": _("{given} is not a key of an answer. The keys are: {known}."),
    "answer-flag": _("“not_applicable” is true or false, not {given}."),
    "answer-comment": _("“comment” is text in quotes, not {given}."),
    "answer-evidence": _("“evidence” is a list of references in quotes, each once, not {given}."),
    "answer-evidence-twice": _("Give the evidence as “value” or as “evidence”, not as both."),
    "answer-unknown": _("The checklist has no question {given}. Correct the id."),
    "answer-unknown-near": _("The checklist has no question {given}. Did you mean “{near}”?"),
    "answer-of-matrix": _("A matrix is answered row by row. Its rows are: {known}."),
    "at-wrong": _("“at” is the start of the visit as YYYY-MM-DDTHH:MM:SS, not {given}."),
    "at-missing": _("The checklist asks for today’s date. Give “at”: YYYY-MM-DDTHH:MM:SS."),
    # end of answers
    # checklist
    "file-unreadable": _(
        "The file cannot be opened ({reason}). Check that it is there and that you may read it."
    ),
    "file-empty": _("The file is empty. Choose another file."),
    "file-too-large": _(
        "The file has more than {most} characters, the most that can be read. Split it, or choose "
        "another file."
    ),
    "file-is-workbook": _(
        "This is a spreadsheet or an archive, not a checklist in YAML or JSON. Choose another file."
    ),
    "file-is-binary": _("This is not a text file. Choose a checklist in YAML or JSON."),
    "encoding-unknown": _("The file is not UTF-8 text. Save it again in the encoding UTF-8."),
    "control-character": _("The character {character} may not stand in a checklist. Delete it."),
    "too-deep": _(
        "More than {most} levels stand inside one another. Check the brackets and the indentation."
    ),
    "too-many-values": _(
        "The checklist has more than {most} words and values, the most that can be read. Split it."
    ),
    "more-problems": _("There are {count} more problems. Mend these first."),
    "several-documents": _(
        "A second document begins here. Keep one checklist in a file and remove the line ---."
    ),
    "yaml-anchor": _(
        "Anchors such as {name} are not allowed. Write the values out; put text that begins "
        "with & in quotes."
    ),
    "yaml-alias": _(
        "Aliases such as {name} are not allowed. Write the values out; put text that begins "
        "with * in quotes."
    ),
    "yaml-tag": _(
        "Tags such as {name} are not allowed. Remove it; put text that begins with ! in quotes."
    ),
    "yaml-merge": _("The merge key << is not allowed. Write the values out."),
    "yaml-version": _("Only YAML 1.2 is read. Remove the line that names another version."),
    "yaml-tab": _("A tab cannot indent YAML. Use spaces."),
    "yaml-colon": _(
        "This colon does not fit here. Put text that holds a colon in quotes, or check the "
        "indentation."
    ),
    "yaml-no-colon": _(
        "A colon is missing after this word. Write word: value, or put long text in quotes."
    ),
    "yaml-quote-open": _("The quotes that open here are not closed. Add the closing quote."),
    "yaml-escape": _(
        "This backslash sequence has no meaning in double quotes. Use single quotes, or write "
        "two backslashes."
    ),
    "yaml-bracket": _(
        "The bracket that opens here is not closed well. Check its commas, colons and closing "
        "bracket."
    ),
    "yaml-character": _("This character cannot begin a value. Put the text in quotes."),
    "yaml-indent": _(
        "The indentation does not fit the lines above. Align this line with its neighbours."
    ),
    "yaml-syntax": _("This is not valid YAML. Check quotes, colons and indentation here."),
    "json-more": _("The file goes on after its end. Remove what follows."),
    "json-key": _("A word in double quotes is missing here, or there is a comma too many."),
    "json-colon": _("A colon is missing here."),
    "json-comma": _("A comma or the closing {end} is missing here."),
    "json-quote-open": _("The quotes that open here are not closed. Add the closing quote."),
    "json-string": _(
        "This text holds a line break or a backslash sequence that JSON does not know. Write "
        "\\n or two backslashes."
    ),
    "json-end": _("The file ends too early. A value or a closing bracket is missing."),
    "json-value": _(
        "This is no JSON value. Put text in double quotes, and remove a comma too many."
    ),
    "key-not-text": _("A word was expected here, not a list or a map. Write word: value."),
    "duplicate-key": _(
        "{key} stands here a second time (first in line {line}). Keep one of the two."
    ),
    "number-not-finite": _("{value} is no number to count with. Write a number."),
    "number-too-long": _("{value} has too many digits. Use at most 20."),
    "not-a-checklist": _(
        "This is no checklist in the native format: it has neither format nor sections. "
        "Choose another file."
    ),
    "format-unknown": _(
        "The format {value} is not known. Write format: auditor-checklist/1; a newer one "
        "needs a newer app."
    ),
    "word-missing": _("{name} is missing here. Add it."),
    "word-unknown": _("{word} is not known here. Use one of: {words}."),
    "word-unknown-near": _("{word} is not known here. Did you mean {near}? Known are: {words}."),
    "value-missing": _("{name} has no value. Fill it in, or remove the line."),
    "value-unknown": _("{name} cannot be {value}. Use one of: {words}."),
    "value-unknown-near": _(
        "{name} cannot be {value}. Did you mean {near}? Possible are: {words}."
    ),
    "value-wrong": _("{value} does not fit {name}. Compare it with the description of the format."),
    "text-unquoted": _('{name} must be text. Write it in quotes: "{value}".'),
    "text-expected": _("{name} must be a text, or one text for each language."),
    "version-unquoted": _(
        "The version must be text: as a number, 3.10 is the same as 3.1. Write it in quotes: "
        '"{value}".'
    ),
    "version-length": _("The version must have 1 to 40 characters."),
    "number-quoted": _("{name} must be a number. Write {value} without quotes."),
    "number-expected": _("{name} must be a number, not {value}."),
    "whole-number-expected": _("{name} must be a whole number, not {value}."),
    "number-above": _("{name} must be above {limit}, not {value}."),
    "number-at-least": _("{name} must be at least {limit}, not {value}."),
    "number-below": _("{name} must be below {limit}, not {value}."),
    "number-at-most": _("{name} must be at most {limit}, not {value}."),
    "true-or-false": _("{name} must be true or false, not {value}."),
    "list-expected": _("{name} must be a list: each item on a line of its own after a dash."),
    "map-expected": _(
        "{name} must hold words with their values, such as id: greeting, not {value}."
    ),
    "critical-expected": _(
        "critical must be false, flag, section, audit or {{cap: 60}}, not {value}."
    ),
    "required-expected": _("required must be true, false or an expression in quotes, not {value}."),
    "label-key": _("{value} is no value of a scale. Write labels as 1: text."),
    "id-form": _(
        "{value} cannot be an id. Begin with a letter or _ and use only A–Z, a–z, digits, _ and -."
    ),
    "choice-id-form": _("The choice id “{value}” is empty or has spaces. Write one word."),
    "checklist-id-form": _("{value} cannot be the id of a checklist. Use only a–z, digits and -."),
    "repeat-not-supported": _(
        "repeat is not supported yet. Remove it, and write the section once for each instance."
    ),
    "id-repeated": _(
        "The id {id} is used already, at {first}. Sections and questions share their ids: "
        "choose another."
    ),
    "row-repeated": _("Two rows of this matrix have the id {id}. Choose another."),
    "choice-repeated": _("Two choices of this list have the id {id}. Choose another."),
    "choices-empty": _("{name} has no choices. Add at least one."),
    "choices-missing": _(
        "There is nothing to choose from. Name a list with list, or write the choices under "
        "choices."
    ),
    "list-and-choices": _("This question has both list and choices. Keep one of the two."),
    "list-unknown": _("There is no choice list {value}. Known are: {words}."),
    "list-unknown-near": _("There is no choice list {value}. Did you mean {near}?"),
    "rows-empty": _("A matrix needs rows. Add at least one."),
    "matrix-both": _(
        "{name} belongs to a scale, but these rows have choices. Keep one of the two."
    ),
    "scale-order": _("max ({max}) must be above min ({min})."),
    "scale-long": _("A scale has at most {most} steps, not {min} to {max}. Use the type integer."),
    "label-off-scale": _(
        "{value} is not on the scale from {min} to {max}. Remove its label, or widen the scale."
    ),
    "band-last": _(
        "The last band is the rest and has no limit. Remove {name}, or add a band after this one."
    ),
    "band-open": _("Only the last band may have no limit. Add max or below."),
    "band-both": _("A band has either max or below. Remove one of the two."),
    "band-order": _("The limits of the bands must ascend. Put this band in its place."),
    "points-choices": _(
        "There are points to earn, but no choice has points above 0. Give the choices points, "
        "or remove these."
    ),
    "points-bands": _(
        "There are points to earn, but no band has points above 0. Give the bands points, or "
        "remove these."
    ),
    "points-unscored": _("Questions of type {type} are not scored. Remove points."),
    "mean-bonus": _(
        "A bonus has no place in the mean of a section. Remove bonus, or write section: "
        "points under scoring."
    ),
    "mean-penalty": _(
        "A pure penalty has no place in the mean of a section. Give points above 0, or write "
        "section: points under scoring."
    ),
    "band-repeated": _("Two bands have the id {id}. Choose another."),
    "band-min-repeated": _("Two bands begin at {value}. Change one of them."),
    "sections-empty": _("A checklist needs sections. Add at least one."),
    "languages-empty": _(
        "A checklist needs a language. Write languages: [vi, en], the first being the fallback."
    ),
    "languages-many": _("A checklist has at most {most} languages. Remove some."),
    "language-form": _("{value} is no language tag. Write one such as vi or en."),
    "language-repeated": _("The language {value} is named twice. Remove one."),
    "language-unknown": _(
        "{value} is not a language of this checklist ({words}). Add it to languages, or "
        "remove this text."
    ),
    "text-empty": _("{name} has no text. Fill it in."),
    "unscored": _(
        "{name} has no effect here: the question earns no points. Remove it, or give points."
    ),
    "weight-unused": _(
        "The weight of a section has no effect with total: points. Remove it, or write total: "
        "weighted."
    ),
    "weights-sum": _(
        "The weights of the sections sum to {sum}, neither 1 nor 100. They count as shares of "
        "{sum}."
    ),
    "bands-start": _("A score below {min} reaches no band. Add a band with min: 0."),
    "na-choice": _("{name} has no effect: the choice {id} means N/A. Remove it."),
    "translation-missing": _(
        "{name} has no text in {words}. Add it; another language is shown until then."
    ),
    "short-long": _("“{value}” has {count} characters and is cut in the ledger. Use at most 24."),
    "section-empty": _("The section {id} has no questions. Add one, or remove the section."),
}
