#include "ours.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

[[noreturn]] void fail(const char *what, const char *why)
{
    std::fprintf(stderr, "bench_optimization: %s: %s\n", what, why ? why : "no reason given");
    std::exit(1);
}

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

/* Text of a member of an object that the library wrote: no blanks between tokens. */
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

} // namespace

ours::ours() : self_(rancog_optimization_create(nullptr, 0, nullptr))
{
    if (!self_) {
        fail("create", rancog_last_error_message());
    }
}

ours::~ours()
{
    rancog_optimization_destroy(self_);
}

our_answer ours::optimize(const std::string &problem) const
{
    uint8_t *result = rancog_optimization_optimize(self_, reinterpret_cast<const uint8_t *>(problem.data()), problem.size());
    if (!result || rancog_last_status() != RANCOG_OK) {
        fail("optimize", rancog_last_error_message());
    }
    uint32_t length = 0;
    std::memcpy(&length, result, sizeof length);
    const std::string json(reinterpret_cast<const char *>(result) + 4, length);
    rancog_buffer_free(result);
    const std::string best = member(json, "best"), stopped = member(json, "stopped");
    return {stopped.substr(1, stopped.size() - 2), std::strtoull(member(json, "evaluations").c_str(), nullptr, 10), array(member(best, "f")).at(0), array(member(best, "x")),
            std::strtod(member(member(json, "bound"), "value").c_str(), nullptr)};
}

std::string problem_of(int id, int dimension, int instance, uint64_t budget, uint64_t seed)
{
    return "\"function\":{\"suite\":\"bbob\",\"id\":" + std::to_string(id) + ",\"dimension\":" + std::to_string(dimension) + ",\"instance\":" + std::to_string(instance) +
           "},\"budget\":{\"evaluations\":" + std::to_string(budget) + "},\"seed\":" + std::to_string(seed);
}

std::string digits(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.17g", value);
    return text;
}
