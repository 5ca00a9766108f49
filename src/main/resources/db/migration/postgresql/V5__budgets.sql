-- Budgets that refill evenly. Of each, one time is enough: when it will be full again if nobody takes anything more, in
-- microseconds since 1970. A budget that is full needs no row.
CREATE TABLE budgets (
    digest  TEXT   NOT NULL PRIMARY KEY,
    full_at BIGINT NOT NULL
);

DROP TABLE caller_limits;
