#include "json_strict.h"

#include <float.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 256

/* Field names of one object are compared up to this many; results of the library have fewer. */
#define NAMES_MAX 256

typedef struct {
    const char *at;
    const char *end;
    const char *fault;
    int depth;
} cursor;

static int value(cursor *c);

static int fail(cursor *c, const char *fault)
{
    if (!c->fault) {
        c->fault = fault;
    }
    return 0;
}

static void blanks(cursor *c)
{
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\t' || *c->at == '\n' || *c->at == '\r')) {
        c->at++;
    }
}

static int take(cursor *c, char wanted)
{
    if (c->at < c->end && *c->at == wanted) {
        c->at++;
        return 1;
    }
    return 0;
}

static int word(cursor *c, const char *wanted)
{
    size_t length = strlen(wanted);
    if ((size_t)(c->end - c->at) < length || memcmp(c->at, wanted, length) != 0) {
        return fail(c, "not a JSON value");
    }
    c->at += length;
    return 1;
}

static int digits(cursor *c)
{
    const char *start = c->at;
    while (c->at < c->end && *c->at >= '0' && *c->at <= '9') {
        c->at++;
    }
    return c->at > start;
}

static int number(cursor *c)
{
    char copy[512];
    const char *start = c->at;
    size_t length;
    double parsed;
    take(c, '-');
    if (!take(c, '0') && !digits(c)) {
        return fail(c, "not a JSON value");
    }
    if (take(c, '.') && !digits(c)) {
        return fail(c, "no digit after the decimal point");
    }
    if (take(c, 'e') || take(c, 'E')) {
        if (!take(c, '+')) {
            take(c, '-');
        }
        if (!digits(c)) {
            return fail(c, "no digit in the exponent");
        }
    }
    length = (size_t)(c->at - start);
    if (length >= sizeof copy) {
        return fail(c, "number too long");
    }
    memcpy(copy, start, length);
    copy[length] = 0;
    parsed = strtod(copy, NULL);
    if (!(parsed >= -DBL_MAX && parsed <= DBL_MAX)) {
        return fail(c, "number beyond a double");
    }
    return 1;
}

static int hex4(cursor *c, uint32_t *unit)
{
    int i;
    *unit = 0;
    for (i = 0; i < 4; i++) {
        char h = c->at < c->end ? *c->at++ : 0;
        uint32_t digit;
        if (h >= '0' && h <= '9') {
            digit = (uint32_t)(h - '0');
        } else if (h >= 'a' && h <= 'f') {
            digit = (uint32_t)(h - 'a' + 10);
        } else if (h >= 'A' && h <= 'F') {
            digit = (uint32_t)(h - 'A' + 10);
        } else {
            return fail(c, "\\u without four hex digits");
        }
        *unit = *unit * 16 + digit;
    }
    return 1;
}

static int escape(cursor *c)
{
    uint32_t high, low;
    char kind = c->at < c->end ? *c->at++ : 0;
    if (kind == 0 || !strchr("\"\\/bfnrtu", kind)) {
        return fail(c, "unknown escape");
    }
    if (kind != 'u') {
        return 1;
    }
    if (!hex4(c, &high)) {
        return 0;
    }
    if (high >= 0xDC00 && high <= 0xDFFF) {
        return fail(c, "lone low surrogate");
    }
    if (high < 0xD800 || high > 0xDBFF) {
        return 1;
    }
    if (!take(c, '\\') || !take(c, 'u') || !hex4(c, &low) || low < 0xDC00 || low > 0xDFFF) {
        return fail(c, "lone high surrogate");
    }
    return 1;
}

/* One character of two to four bytes; refuses overlong forms, surrogates and values beyond U+10FFFF. */
static int multibyte(cursor *c)
{
    unsigned char lead = (unsigned char)*c->at++;
    int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    uint32_t code = lead & (0x3Fu >> more);
    static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
    int i;
    if (lead < 0xC2 || lead > 0xF4) {
        return fail(c, "invalid UTF-8");
    }
    for (i = 0; i < more; i++) {
        if (c->at >= c->end || ((unsigned char)*c->at & 0xC0) != 0x80) {
            return fail(c, "invalid UTF-8");
        }
        code = code << 6 | ((unsigned char)*c->at++ & 0x3Fu);
    }
    if (code < smallest[more] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
        return fail(c, "invalid UTF-8");
    }
    return 1;
}

static int string(cursor *c)
{
    if (!take(c, '"')) {
        return fail(c, "expected a string");
    }
    while (c->at < c->end) {
        unsigned char byte = (unsigned char)*c->at;
        if (byte == '"') {
            c->at++;
            return 1;
        }
        if (byte < 0x20) {
            return fail(c, "control character in a string");
        }
        if (byte >= 0x80) {
            if (!multibyte(c)) {
                return 0;
            }
            continue;
        }
        c->at++;
        if (byte == '\\' && !escape(c)) {
            return 0;
        }
    }
    return fail(c, "string without an end");
}

static int field_name(cursor *c, const char **names, size_t *lengths, size_t *count)
{
    const char *start = c->at;
    size_t i, length;
    if (!string(c)) {
        return 0;
    }
    length = (size_t)(c->at - start);
    for (i = 0; i < *count; i++) {
        if (lengths[i] == length && memcmp(names[i], start, length) == 0) {
            return fail(c, "field name twice in one object");
        }
    }
    if (*count < NAMES_MAX) {
        names[*count] = start;
        lengths[(*count)++] = length;
    }
    return 1;
}

static int object(cursor *c)
{
    const char *names[NAMES_MAX];
    size_t lengths[NAMES_MAX];
    size_t count = 0;
    blanks(c);
    if (take(c, '}')) {
        return 1;
    }
    do {
        blanks(c);
        if (!field_name(c, names, lengths, &count)) {
            return 0;
        }
        blanks(c);
        if (!take(c, ':')) {
            return fail(c, "expected ':'");
        }
        if (!value(c)) {
            return 0;
        }
        blanks(c);
    } while (take(c, ','));
    return take(c, '}') ? 1 : fail(c, "expected '}'");
}

static int array(cursor *c)
{
    blanks(c);
    if (take(c, ']')) {
        return 1;
    }
    do {
        if (!value(c)) {
            return 0;
        }
        blanks(c);
    } while (take(c, ','));
    return take(c, ']') ? 1 : fail(c, "expected ']'");
}

static int value(cursor *c)
{
    int good;
    blanks(c);
    if (c->at >= c->end) {
        return fail(c, "the text ends too early");
    }
    if (++c->depth > DEPTH_MAX) {
        return fail(c, "nested too deep");
    }
    switch (*c->at) {
    case '{': c->at++; good = object(c); break;
    case '[': c->at++; good = array(c); break;
    case '"': good = string(c); break;
    case 't': good = word(c, "true"); break;
    case 'f': good = word(c, "false"); break;
    case 'n': good = word(c, "null"); break;
    default: good = number(c); break;
    }
    c->depth--;
    return good;
}

const char *json_strict_fault(const char *text, size_t length)
{
    cursor c;
    c.at = text;
    c.end = text + length;
    c.fault = NULL;
    c.depth = 0;
    if (!value(&c)) {
        return c.fault;
    }
    blanks(&c);
    return c.at == c.end ? NULL : "text after the value";
}
