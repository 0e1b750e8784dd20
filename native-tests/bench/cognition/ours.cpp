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

int32_t answer(const uint8_t *question, size_t length, double *values, size_t count, void *user_data)
{
    (*static_cast<const host_model *>(user_data))(std::string(reinterpret_cast<const char *>(question), length), values, count);
    return 0;
}

} // namespace

ours::ours(const std::string &options) : self_(rancog_cognitive_create(bytes(options), options.size(), nullptr))
{
    if (!self_) {
        fail("create", rancog_last_error_message());
    }
}

ours::~ours()
{
    rancog_cognitive_destroy(self_);
}

std::string ours::decide(const std::string &problem) const
{
    return text_of(rancog_cognitive_decide(self_, bytes(problem), problem.size(), nullptr, 0), "decide");
}

std::string ours::decide_with(const std::string &problem, const host_model &model) const
{
    return text_of(rancog_cognitive_decide_with(self_, bytes(problem), problem.size(), nullptr, 0, answer, const_cast<host_model *>(&model)), "decide_with");
}

std::string ours::report_outcome(const std::string &outcome) const
{
    return text_of(rancog_cognitive_report_outcome(self_, bytes(outcome), outcome.size()), "report_outcome");
}

std::string ours::state() const
{
    return text_of(rancog_cognitive_get_state(self_), "get_state");
}

std::string ours::ingest(const std::string &message) const
{
    return text_of(rancog_cognitive_ingest(self_, bytes(message), message.size()), "ingest");
}

std::string ours::replay(const std::string &path)
{
    return text_of(rancog_cognitive_replay(bytes(path), path.size(), nullptr), "replay");
}

std::string quoted(const std::string &text)
{
    return "\"" + text + "\"";
}

std::string unquoted(const std::string &json)
{
    return json.size() > 1 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}
