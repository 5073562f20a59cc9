// SPDX-License-Identifier: GPL-2.0-or-later
//
// libgammu decodes what the network says in a USSD session by the character set that it chose, and drops what it cannot
// decode. This file keeps these lines as the modem sent them, instead of libgammu: +CUSD: <m>[,"<str>"[,<dcs>]] (3GPP TS 27.007, 7.15).
#include "pace.h"
#include "tap.h"

#include <string.h>

enum place { outside, in_head, in_text, after_quote };

#define LONGEST 1200
#define MOST 8

static const char name[] = "+CUSD:";

static enum place where = outside;
static size_t matched = 0;
static char line[LONGEST];
static size_t length = 0;

static char lines[MOST][LONGEST];
static size_t lengths[MOST];
static size_t first = 0;
static size_t count = 0;

static void finish(void)
{
    if (count < MOST) {
        size_t slot = (first + count) % MOST;
        memcpy(lines[slot], line, length);
        lengths[slot] = length;
        count++;
    }
    where = outside;
    matched = 0;
    length = 0;
}

static void add(char byte)
{
    if (length < LONGEST) {
        line[length++] = byte;
    }
}

void gridpost_look_for_ussd(char byte)
{
    int ends = byte == '\r' || byte == '\n';
    switch (where) {
    case outside:
        if (byte != name[matched]) {
            matched = 0;
        }
        if (byte == name[matched] && ++matched == sizeof name - 1) {
            where = in_head;
        }
        return;
    case in_head:
        if (ends) {
            finish();
            return;
        }
        if (byte == '"') {
            where = in_text;
        }
        break;
    case in_text:
        // The text itself may have quotes and line breaks.
        if (byte == '"') {
            where = after_quote;
        }
        break;
    case after_quote:
        if (ends) {
            finish();
            return;
        }
        if (byte != '"' && byte != ',' && byte != ' ' && (byte < '0' || byte > '9')) {
            where = in_text;
        }
        break;
    }
    add(byte);
    // A text that never ends must not swallow what follows.
    if (length == LONGEST) {
        finish();
    }
}

void gridpost_forget_ussd(void)
{
    where = outside;
    matched = 0;
    length = 0;
    count = 0;
}

int gridpost_has_begun_ussd(void) { return where != outside; }

size_t gridpost_take_ussd(char *buffer, size_t size, int incomplete)
{
    if (count == 0 && incomplete && where != outside) {
        finish();
    }
    if (count == 0) {
        return 0;
    }
    size_t got = lengths[first] < size ? lengths[first] : size;
    memcpy(buffer, lines[first], got);
    first = (first + 1) % MOST;
    count--;
    return got;
}
