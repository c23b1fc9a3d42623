"""What a party says of itself at the head of a contract, and its bank: public, so it stays."""

from redact import documents_names as names
from redact import documents_pieces as pieces
from redact import documents_stays as stays


def chief(scene: pieces.Scene) -> str:
    """A legal representative, whose name is public."""
    return names.untaken(scene, names.chinese)


def switchboard(scene: pieces.Scene) -> str:
    """An organisation's line."""
    return f"{scene.city.phone}-{scene.rng.choice('2345678')}{scene.digits(6)}"


def office(scene: pieces.Scene) -> str:
    """An organisation's address."""
    street = scene.rng.choice(("建设路", "人民东路", "政通大道", "张自忠路", "科技一街"))
    house = stays.count("1##号")(scene) + scene.rng.choice(("政务大厦", "科创园B座", ""))
    return f"{scene.city.name}{street}{house}"


def branch(scene: pieces.Scene) -> str:
    """A bank's branch."""
    bank = scene.rng.choice(("中国银行", "建设银行", "农业银行", "邮政储蓄银行", "农村商业银行"))
    place = scene.city.name + scene.rng.choice(("新区", "滨河", "向阳路"))
    return f"{bank}股份有限公司{place}支行"


FORMS = (
    stays.form("agency", "person-name", "party", lambda s: s.agency),
    stays.form("vendor", "person-name", "party", lambda s: s.vendor),
    stays.form("office-address", "home-address", "party", office),
    stays.form("postcode", "qq", "party", lambda s: s.city.post),
    stays.form("legal-representative", "person-name", "party", chief),
    stays.form("switchboard", "landline", "party", switchboard),
    stays.form("organisation-fax", "fax", "party", switchboard),
    stays.form("contract-number", "bank-account", "party", lambda s: s.number),
    stays.form("bank-branch", "person-name", "bank", branch, "开户行：{}", "开户银行：{}"),
)
"""All that can stand in a party's block, and beside its account."""
