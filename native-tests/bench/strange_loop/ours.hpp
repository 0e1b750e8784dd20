/* Our strange loop, through the C ABI. */
#ifndef STRANGE_LOOP_OURS_HPP
#define STRANGE_LOOP_OURS_HPP

#include <functional>
#include <string>

#include "answers.hpp"
#include "rancognition.h"

/* Writes F at a point. */
using host_map = std::function<void(const double *x, double *fx)>;

/* Each call gives the JSON that the library wrote, and ends the program when it fails. */
class ours {
public:
    explicit ours(const std::string &options = "{}");
    ~ours();
    ours(const ours &) = delete;
    ours &operator=(const ours &) = delete;

    std::string solve(const std::string &request) const;
    std::string solve(const std::string &request, const host_map &map) const;
    std::string observe(const std::string &observation) const;
    std::string detect_conflicts(const std::string &request) const;
    std::string state() const;

private:
    rancog_strange_loop *self_;
};

std::string quoted(const std::string &text);
std::string unquoted(const std::string &json);

#endif
