"""That the listener which watches every test hears what it has to."""

import logging

from globus_typed import AccessTokenAuthorizer

from ..conftest import Listener


def test_a_secret_in_a_log_would_be_heard(listener: Listener) -> None:
    header = AccessTokenAuthorizer("AgSecretOfThisTest").header()
    logger = logging.getLogger("globus_typed.of_a_test")
    logger.debug("nothing to see")
    assert listener.leaks() == []
    logger.debug("sent %s", str.__str__(header))
    assert listener.leaks() == ["globus_typed.of_a_test: sent Bearer AgSecretOfThisTest"]
    listener.heard.clear()
