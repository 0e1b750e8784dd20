/* What a loop says, and what it is answered. */
#ifndef STRANGE_LOOP_SPEECH_HPP
#define STRANGE_LOOP_SPEECH_HPP

#include <string>
#include <vector>

#include "figures.hpp"
#include "ours.hpp"

/* An interval as it was reported; none = unbounded. */
struct interval {
    double mean, lower, upper;
    bool empty;

    bool holds(double value) const { return !empty && !(value < lower) && !(value > upper); }
};

/* A share or a sum with its bound, as reported; steps is 0 when it was null. */
struct bounded {
    double value, target, bound;
    uint64_t steps;
};

inline std::string number_or_null(double value)
{
    return std::isnan(value) ? "null" : digits(value);
}

/* One metric "m"; parts that are "" are left out. */
inline std::string observation(const std::string &observed, const std::string &predict, const std::string &experts = "")
{
    return "{\"loop_id\":\"l\"" + (observed.empty() ? "" : ",\"observed\":" + observed) + (predict.empty() ? "" : ",\"predict\":" + predict) + (experts.empty() ? "" : ",\"experts\":" + experts) + "}";
}

inline std::string value_of_m(double value)
{
    return "{\"m\":" + digits(value) + "}";
}

inline std::string forecast_of_m(double mean, double lower, double upper, double coverage)
{
    return "{\"m\":{\"mean\":" + digits(mean) + ",\"lower\":" + number_or_null(lower) + ",\"upper\":" + number_or_null(upper) + ",\"coverage\":" + digits(coverage) + "}}";
}

inline interval corrected_m(const std::string &reply)
{
    const std::string m = member(member(reply, "corrected"), "m");
    return {number(member(m, "mean")), number(member(m, "lower")), number(member(m, "upper")), m.find("\"empty\":true") != std::string::npos};
}

inline bounded bounded_member(const std::string &reply, const char *name)
{
    const std::string part = member(reply, name);
    if (part == "null") {
        return {none, none, none, 0};
    }
    const bool has_target = part.find("\"target\":") != std::string::npos;
    return {number(member(part, "value")), has_target ? number(member(part, "target")) : none, number(member(part, "bound")), static_cast<uint64_t>(number(member(part, "steps")))};
}

#endif
