/* What a search for a fixed point came to. */
#ifndef STRANGE_LOOP_SOLUTION_HPP
#define STRANGE_LOOP_SOLUTION_HPP

#include "figures.hpp"
#include "ours.hpp"

struct solution {
    std::string state, method;
    double steps, evaluations, residual, error_bound, critical_scale;
    bool proven;
    numbers x; /* empty without one */
};

inline double member_or_none(const std::string &object, const char *name)
{
    return object.find(quoted(name) + ":") == std::string::npos ? none : number(member(object, name));
}

inline solution solution_of(const std::string &answer)
{
    const std::string x = member(answer, "x");
    return {unquoted(member(answer, "state")), unquoted(member(answer, "method")), number(member(answer, "iterations")), number(member(answer, "evaluations")),
            number(member(answer, "residual")), number(member(answer, "error_bound")), member_or_none(answer, "critical_scale"),
            answer.find("\"error_bound_kind\":\"proven\"") != std::string::npos, x == "null" ? numbers() : array(x)};
}

/* A request for a map that is built in, or without one for a host's. */
inline std::string request_of(const std::string &map, const std::string &method, const std::string &more = "")
{
    return "{" + (map.empty() ? "" : "\"map\":" + map + ",") + "\"method\":" + quoted(method) + more + "}";
}

#endif
