/* The checker that judges the library's results must itself be able to say no. */
#include <string.h>

#include "check.h"
#include "json_strict.h"

static const char *const good[] = {
    "null", " [ ] ", "{}", "-0", "1e308", "-0.5E-10", "\"\\ud83d\\ude00 \xC3\xA9 \xF0\x9F\x98\x80\"", "{\"a\":{\"a\":[1,true,false,null]},\"b\":\"\"}",
};

static const char *const bad[] = {
    "", " ", "NaN", "Infinity", "-Infinity", "nan", "1e309", "-1e400", "01", "1.", ".5", "+1", "1e", "--1", "0x1", "[1,]", "[,1]", "[1 2]",
    "{\"a\":1,}", "{\"a\"}", "{a:1}", "{\"a\":1 \"b\":2}", "{\"a\":1,\"a\":2}", "'a'", "\"a", "\"\t\"", "\"\\x\"", "\"\\u12g4\"", "\"\\ud800\"",
    "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF5\x80\x80\x80\"", "\"\xE2\x82\"", "\"\x80\"", "null null", "[1]x",
    "\xEF\xBB\xBFnull", "tru", "{", "[", "]", "// c\n1",
};

static void strict_json_passes(void)
{
    size_t i;
    for (i = 0; i < sizeof good / sizeof good[0]; i++) {
        CHECK_CASE(json_strict_fault(good[i], strlen(good[i])) == NULL, good[i]);
    }
}

static void anything_else_is_refused(void)
{
    size_t i;
    for (i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        CHECK_CASE(json_strict_fault(bad[i], strlen(bad[i])) != NULL, bad[i]);
    }
    CHECK(json_strict_fault("1\0", 2) != NULL);
    CHECK(json_strict_fault("\"\0\"", 3) != NULL);
}

int main(void)
{
    RUN(strict_json_passes);
    RUN(anything_else_is_refused);
    return check_finish();
}
