"""What all tables share: names of constraints, the metadata, the usual keys."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, MetaData, String

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)
Serial = BigInteger().with_variant(Integer, "sqlite")
UNSENT = "'planned', 'sending', 'waiting', 'unknown'"


def id_column(name: str = "id") -> Column[str]:
    return Column(name, String(36), primary_key=True)


def user_column(*, nullable: bool = False) -> Column[str]:
    return Column("user_id", String(36), ForeignKey("users.id", ondelete="CASCADE"), nullable=nullable)
