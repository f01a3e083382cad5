"""What `rasa train` reads. The answers belong to the domain: the intent classifier learns nothing from them."""

from __future__ import annotations

from functools import cached_property

from rasa.shared.core.domain import KEY_RESPONSES, Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class AnswersApart(RasaFileImporter):
    """Keeps data/responses/ out of the classifier's data, so that a changed answer trains nothing anew.

    Rasa counts responses among the NLU data, because retrieval intents learn from them; we have none.
    """

    @cached_property
    def read(self) -> TrainingData:
        """Everything in the NLU files, read once."""
        return super().get_nlu_data()

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Give the examples without the answers."""
        read = self.read
        return TrainingData(read.training_examples, read.entity_synonyms, read.regex_features, read.lookup_tables)

    def get_domain(self) -> Domain:
        """Give the domain with the answers."""
        return super().get_domain().merge(Domain.from_dict({KEY_RESPONSES: self.read.responses}))
