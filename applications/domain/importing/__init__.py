"""Answers from elsewhere, such as a Google Form: read, understood, taken in, taken back.

``sheets`` makes rows of text of a file, ``columns`` guesses what each column
holds, ``cells`` and ``places`` read single answers, ``rows`` makes applications
or problems of them, ``batches`` keeps and undoes the whole.
"""
