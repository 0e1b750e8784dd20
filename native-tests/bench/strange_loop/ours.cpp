#include "ours.hpp"

#include <cstring>

namespace {

/* Takes the text out of a result buffer; ends the program when the call failed. */
std::string text_of(uint8_t *result, const char *call)
{
    if (!result || rancog_last_status() != RANCOG_OK) {
        fail(call, rancog_last_error_message());
    }
    uint32_t length = 0;
    std::memcpy(&length, result, sizeof length);
    const std::string json(reinterpret_cast<const char *>(result) + 4, length);
    rancog_buffer_free(result);
    return json;
}

const uint8_t *bytes(const std::string &text)
{
    return reinterpret_cast<const uint8_t *>(text.data());
}

int32_t evaluate(const double *x, size_t, double *fx, void *user_data)
{
    (*static_cast<const host_map *>(user_data))(x, fx);
    return 0;
}

} // namespace

ours::ours(const std::string &options) : self_(rancog_strange_loop_create(bytes(options), options.size(), nullptr))
{
    if (!self_) {
        fail("create", rancog_last_error_message());
    }
}

ours::~ours()
{
    rancog_strange_loop_destroy(self_);
}

std::string ours::solve(const std::string &request) const
{
    return text_of(rancog_strange_loop_solve(self_, bytes(request), request.size()), "solve");
}

std::string ours::solve(const std::string &request, const host_map &map) const
{
    return text_of(rancog_strange_loop_solve_with(self_, bytes(request), request.size(), evaluate, const_cast<host_map *>(&map)), "solve_with");
}

std::string ours::observe(const std::string &observation) const
{
    return text_of(rancog_strange_loop_observe(self_, bytes(observation), observation.size()), "observe");
}

std::string ours::detect_conflicts(const std::string &request) const
{
    return text_of(rancog_strange_loop_detect_conflicts(self_, bytes(request), request.size()), "detect_conflicts");
}

std::string ours::state() const
{
    return text_of(rancog_strange_loop_get_state(self_), "get_state");
}

std::string quoted(const std::string &text)
{
    return "\"" + text + "\"";
}

std::string unquoted(const std::string &json)
{
    return json.size() > 1 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}
