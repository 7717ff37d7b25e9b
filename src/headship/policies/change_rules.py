"""Rights over changes in policy, their duties and actions, each a refusal sentence or nothing."""

from headship.core.scope import Scope
from headship.policies import rules
from headship.policies.choices import ACTION_MOVES, Answer, Progress

KEEPERS_ONLY = (
    "Changes in policy are noted by the headteacher, senior leaders and the school business manager. Ask one of them."
)
DOER_ONLY = "Whoever does it says how far it is, or one of those who note changes. Ask one of them."


def keep(scope: Scope) -> str | None:
    """Whether the reader may note changes, their duties and actions."""
    return None if scope.has(*rules.KEEPERS) else KEEPERS_ONLY


def answer_for(scope: Scope, owner_id: int | None) -> str | None:
    """Whether the reader may say how a duty is answered and plan what is done: who answers for it, and the keepers."""
    return None if owner_id is not None and scope.person_id == owner_id else keep(scope)


def withdraw(scope: Scope, owner_id: int | None, *, done: bool) -> str | None:
    """Whether the reader may withdraw a duty: who may change it, while nothing was done for it."""
    said = "Something was done for it, so it stays. Say how we answer it instead."
    return answer_for(scope, owner_id) or (said if done else None)


def progress(scope: Scope, owner_id: int) -> str | None:
    """Whether the reader may say how far an action is: whoever does it, and those who note changes."""
    return None if scope.person_id == owner_id or scope.has(*rules.KEEPERS) else DOER_ONLY


def answer(given: Answer, policy: int | None, because: str) -> str | None:
    """Whether a duty can be answered so: by a policy that is named, or not at all with the reason."""
    if (given == Answer.POLICY) != (policy is not None):
        return "Choose the policy" if given == Answer.POLICY else "Choose no policy where no policy answers it"
    return "Say why it does not touch us" if given == Answer.NONE and not because else None


def move(now: Progress, to: Progress, said: str) -> str | None:
    """Whether an action may go from one state to another, with what is said about it."""
    if to not in ACTION_MOVES[now]:
        return f"An action that is “{now.words.lower()}” cannot become “{to.words.lower()}”"
    if to == Progress.DONE and not said:
        return "Say what was done"
    return "Say why it was dropped" if to == Progress.DROPPED and not said else None
