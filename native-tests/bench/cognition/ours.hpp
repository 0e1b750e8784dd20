/* Our cognitive core, through the C ABI. */
#ifndef COGNITION_OURS_HPP
#define COGNITION_OURS_HPP

#include <functional>
#include <string>

#include "answers.hpp"
#include "rancognition.h"

/* Writes values of the metrics that a question names. */
using host_model = std::function<void(const std::string &question, double *values, size_t count)>;

/* Each call gives the JSON that the library wrote, and ends the program when it fails. */
class ours {
public:
    explicit ours(const std::string &options = "{}");
    ~ours();
    ours(const ours &) = delete;
    ours &operator=(const ours &) = delete;

    std::string decide(const std::string &problem) const;
    std::string decide_with(const std::string &problem, const host_model &model) const;
    std::string report_outcome(const std::string &outcome) const;
    std::string state() const;
    std::string ingest(const std::string &message) const;
    static std::string replay(const std::string &path);

private:
    rancog_cognitive *self_;
};

std::string quoted(const std::string &text);
std::string unquoted(const std::string &json);

#endif
