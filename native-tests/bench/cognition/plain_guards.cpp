#include "plain_guards.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "answers.hpp"
#include "counters.hpp"
#include "ours.hpp"

namespace {

constexpr double least_attempts = 50, offset_bound = 6, offset_change = 2, tilt_bound = 900, least_confidence = 0.5;
constexpr uint64_t pacing_ns = hour_ns;

bool among(const std::vector<std::string> &all, const std::string &one)
{
    return std::find(all.begin(), all.end(), one) != all.end();
}

/* Q-OffsetRange of TS 38.331. */
bool offset_exists(double value)
{
    const double size = std::fabs(value);
    return size == std::floor(size) && size <= 24 && (size <= 6 || std::fmod(size, 2) == 0);
}

/* Cells that an object is about. */
std::vector<std::string> cells_of(const std::string &object)
{
    std::vector<std::string> cells;
    for (size_t at = object.find('='); at != std::string::npos; at = object.find('-', at + 1)) {
        cells.push_back(std::to_string(std::strtoul(object.c_str() + at + 1, nullptr, 10)));
    }
    return cells;
}

} // namespace

std::vector<std::string> plain_guards::violations(const std::string &decision, const guarded_scene &scene)
{
    std::vector<std::string> found;
    const std::vector<std::string> actions = elements(member(decision, "actions"));
    if (!actions.empty() && number(member(decision, "confidence")) < least_confidence) {
        found.push_back("LOW_CONFIDENCE");
    }
    for (const std::string &action : actions) {
        const std::string object = unquoted(member(action, "managedObject")), attribute = unquoted(member(action, "attribute"));
        const std::string before_text = member(action, "before");
        const double before = before_text == "null" ? 0 : number(before_text), after = number(member(action, "after"));
        const bool relation = object.compare(0, 15, "NRCellRelation=") == 0;
        bool is_protected = among(scene.protected_objects, object), sleeps = false;
        for (const std::string &cell : cells_of(object)) {
            is_protected = is_protected || among(scene.protected_objects, "NRCellDU=" + cell) || among(scene.protected_objects, "NRCellCU=" + cell);
            sleeps = sleeps || ((!relation || cell != cells_of(object)[0]) && (among(scene.asleep, "NRCellDU=" + cell) || among(scene.asleep, "NRCellCU=" + cell)));
        }
        const auto last = executed_ns_.find(object);
        const auto check = [&](bool violated, const char *name) {
            if (violated) {
                found.push_back(name);
            }
        };
        check(is_protected, "PROTECTED_CELL");
        check(sleeps, "TARGET_ASLEEP");
        check(last != executed_ns_.end() && scene.time_ns - last->second < pacing_ns, "PACING");
        check(relation && scene.attempts >= 0 && scene.attempts < least_attempts, "INSUFFICIENT_SAMPLES");
        if (attribute == "cellIndividualOffset") {
            check(!offset_exists(after), "NOT_ALLOWED");
            check(std::fabs(after) > offset_bound, "AT_BOUND");
            check(std::fabs(after - before) > offset_change, "MAX_CHANGE");
        } else if (attribute == "digitalTilt") {
            check(after != std::floor(after) || std::fabs(after) > tilt_bound, "NOT_ALLOWED");
        } else if (attribute == "a3Offset" || attribute == "hysteresis") {
            check(2 * after != std::floor(2 * after), "NOT_ALLOWED");
            check(std::fabs(after - before) > 1, "MAX_CHANGE");
        }
    }
    for (const std::string &action : actions) {
        executed_ns_[unquoted(member(action, "managedObject"))] = scene.time_ns;
    }
    return found;
}
