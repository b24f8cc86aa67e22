/* SPDX-License-Identifier: ISC */
#ifndef RECORD_RECORD_H
#define RECORD_RECORD_H

#include "calendar/calendar.h"
#include "entry/entry.h"

/* What the value of a record's field is. */
enum field_type { FIELD_TEXT, FIELD_NAME, FIELD_DATE, FIELD_PERIOD, FIELD_POINT, FIELD_OTHER };

/* Has the kind fields of its own (kinds.def)? */
bool	record_kind_known(struct bytes kind);
/* FIELD_OTHER for a field that kind does not have. */
enum field_type	record_field(struct bytes kind, struct bytes field);

/* A date as a head has it: EDTF, or a year of fewer than four digits. */
bool	record_date(struct bytes text, struct date_value *ret);

/*
 * The record's fields as statements, before those the entry has: dates with
 * their days, other values as text, a list's items one by one.
 * Returns 0 or LEISHU_ENOMEM.
 */
int	record_statements(struct entry *e, struct arena *a) MUST_CHECK;

#endif
