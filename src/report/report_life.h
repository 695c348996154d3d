/* SPDX-License-Identifier: EUPL-1.2
 * report/report_life.h - what can happen to a report (P8, J.V), as two tables: the states
 * of each kind, and the steps between them - who takes one, what must come with it, whom
 * it is told to. There is no other way from one state to another. */
#pragma once
#include "procedure/ask.h"
#include "procedure/step.h"

enum report_kind {
	REPORT_SEMESTER, /* of a half-year: one an agency */
	REPORT_REQUEST,  /* of any period: asked for by the provider, or made by the head */
	REPORT_KINDS
};
enum report_state {
	REPORT_DRAFT,     /* the head writes; figures may be counted again */
	REPORT_SUBMITTED, /* texts and figures are frozen from here on */
	REPORT_RECEIVED,
	REPORT_EVALUATED,
	REPORT_FORWARDED, /* to the ministry */
	REPORT_CANCELLED,
	REPORT_STATES
};
enum report_step {
	REPORT_STEP_RECOUNT,
	REPORT_STEP_SUBMIT,
	REPORT_STEP_CANCEL,
	REPORT_STEP_RETURN,
	REPORT_STEP_RECEIVE,
	REPORT_STEP_EVALUATE, /* report_evaluated() alone takes it */
	REPORT_STEP_FORWARD
};

struct report_kind_row {
	enum report_kind kind;
	const char *key, *label, *clause;
};
/* NULL past the end. */
const struct report_kind_row *report_kind_at(size_t i);

struct report_state_row {
	enum report_kind kind;
	enum report_state state;
	const char *key;   /* stored for ever */
	const char *label; /* "Disampaikan; menunggu tanda terima" */
	enum turn turn;    /* who must act next */
	enum tone tone;
};
/* NULL past the end. */
const struct report_state_row *report_state_at(size_t i);
/* NULL: the kind has no such state. */
const struct report_state_row *report_state_of(enum report_kind kind, enum report_state state);
const struct report_state_row *report_state_find(enum report_kind kind, struct str key);

struct report_taking;
struct report_step_row {
	enum report_step step;
	unsigned kinds; /* REPORT_BIT(kind) */
	enum report_state from, to;
	const char *key;   /* stored, journaled */
	const char *label; /* on the button */
	const char *done;  /* in the timeline */
	unsigned by;       /* roles; 0: no person takes it from a page */
	bool own;          /* only the side that opened the report */
	enum turn tells;   /* whose contact persons get a mail */
	const struct ask *asks;
	/* What it does beside moving on; NULL: nothing. */
	enum rc (*effect)(struct report_taking *taking, struct err *err);
};
#define REPORT_BIT(kind) (1u << (kind))
/* NULL past the end. */
const struct report_step_row *report_step_at(size_t i);
/* NULL: that kind has no such step from there. */
const struct report_step_row *report_step_find(enum report_kind kind, enum report_state from, struct str key);
/* What a key of the timeline reads like, whatever the kind and the state; NULL: no such step. */
const struct report_step_row *report_step_known(struct str key);

/* The two texts of the head, as a form. */
#define REPORT_TEXT_MAX 8000 /* bytes each */
extern const struct ask report_texts[];
/* What a report of any period is opened with. */
extern const struct ask report_opening[];
