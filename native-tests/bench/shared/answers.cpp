#include "answers.hpp"

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "figures.hpp"

namespace {

/* End of the JSON value that begins here. */
size_t end_of(const std::string &json, size_t at)
{
    size_t depth = 0;
    for (bool quoted = false; at < json.size(); at++) {
        const char c = json[at];
        if (quoted) {
            at += c == '\\';
            quoted = c != '"';
        } else if (c == '"') {
            quoted = true;
        } else if (c == '{' || c == '[') {
            depth++;
        } else if (depth && (c == '}' || c == ']')) {
            depth--;
        } else if (!depth && (c == ',' || c == '}' || c == ']')) {
            break;
        }
    }
    return at;
}

} // namespace

void fail(const char *what, const char *why)
{
    std::fprintf(stderr, "%s: %s: %s\n", program_invocation_short_name, what, why ? why : "no reason given");
    std::exit(1);
}

std::string member(const std::string &object, const std::string &name)
{
    for (size_t at = 1; at < object.size();) {
        const size_t colon = object.find("\":", at), end = end_of(object, colon + 2);
        if (colon == std::string::npos) {
            break;
        }
        if (object.substr(at + 1, colon - at - 1) == name) {
            return object.substr(colon + 2, end - colon - 2);
        }
        at = end + 1;
    }
    fail("answer without a member", name.c_str());
}

double number(const std::string &text)
{
    return text == "null" ? none : std::strtod(text.c_str(), nullptr);
}

numbers array(const std::string &text)
{
    numbers values;
    for (const char *at = text.c_str() + 1; *at && *at != ']';) {
        char *end;
        values.push_back(std::strtod(at, &end));
        at = *end == ',' ? end + 1 : end;
    }
    return values;
}

std::vector<std::string> elements(const std::string &array)
{
    std::vector<std::string> values;
    for (size_t at = 1; at + 1 < array.size();) {
        const size_t end = end_of(array, at);
        values.push_back(array.substr(at, end - at));
        at = end + 1;
    }
    return values;
}

std::string digits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}

std::string digits(const numbers &values)
{
    std::string text = "[";
    for (double value : values) {
        text += (text.size() > 1 ? "," : "") + digits(value);
    }
    return text + "]";
}
