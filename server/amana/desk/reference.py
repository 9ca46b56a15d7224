"""What the desk reads once: the vocabulary and the administrative areas that ship with it."""

from amana.core.places import Areas
from amana.core.vocabulary import Vocabulary

VOCABULARY = Vocabulary.load()
AREAS = Areas.load()
