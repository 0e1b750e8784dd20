#include "ours.hpp"

#include <cstring>

#include "figures.hpp"

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

int32_t evaluate(const double *x, size_t, double *objectives, size_t, double *constraints, size_t, void *user_data)
{
    (*static_cast<const host_function *>(user_data))(x, objectives, constraints);
    return 0;
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

std::string ours::result_of(const std::string &problem) const
{
    return text_of(rancog_optimization_optimize(self_, bytes(problem), problem.size()), "optimize");
}

std::string ours::result_of(const std::string &problem, const host_function &function) const
{
    return text_of(rancog_optimization_optimize_with(self_, bytes(problem), problem.size(), evaluate, const_cast<host_function *>(&function)), "optimize_with");
}

std::string ours::evaluate_network(const std::string &network) const
{
    return text_of(rancog_optimization_evaluate_network(self_, bytes(network), network.size()), "evaluate_network");
}

our_answer ours::optimize(const std::string &problem) const
{
    return answer_of(result_of(problem));
}

our_answer answer_of(const std::string &result)
{
    const std::string best = member(result, "best"), stopped = member(result, "stopped"), bound = member(result, "bound");
    return {stopped.substr(1, stopped.size() - 2), static_cast<uint64_t>(number(member(result, "evaluations"))), array(member(best, "f")).at(0), array(member(best, "x")),
            bound == "null" ? none : number(member(bound, "value")), member(best, "feasible") == "true"};
}

std::string problem_of(int id, int dimension, int instance, uint64_t budget, uint64_t seed)
{
    return "\"function\":{\"suite\":\"bbob\",\"id\":" + std::to_string(id) + ",\"dimension\":" + std::to_string(dimension) + ",\"instance\":" + std::to_string(instance) +
           "},\"budget\":{\"evaluations\":" + std::to_string(budget) + "},\"seed\":" + std::to_string(seed);
}

std::string real_variables(const numbers &lower, const numbers &upper, const numbers &initial)
{
    std::string text = "\"variables\":[";
    for (size_t i = 0; i < lower.size(); i++) {
        text += std::string(i ? "," : "") + "{\"name\":\"x" + std::to_string(i + 1) + "\",\"type\":\"real\",\"lower\":" + digits(lower[i]) + ",\"upper\":" + digits(upper[i]) + (initial.empty() ? "" : ",\"initial\":" + digits(initial[i])) + "}";
    }
    return text + "]";
}

std::string named(const char *what, const char *letter, size_t count)
{
    std::string text = "\"" + std::string(what) + "\":[";
    for (size_t i = 0; i < count; i++) {
        text += (i ? ",{\"name\":\"" : "{\"name\":\"") + std::string(letter) + std::to_string(i + 1) + "\"}";
    }
    return text + "]";
}
