/* Windows of 24 hours of one relation, with one fault planted or none: the cause that a decision names, and the direction of what it would do. */
#include <cstdio>
#include <memory>

#include "clocks.hpp"
#include "counters.hpp"
#include "ours.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr size_t periods = 24, windows_of_handle = 500;
constexpr double fault_from = 0.05; /* the counted share at which a relation is faulty */

struct tally {
    size_t windows = 0, cause = 0, acted = 0, right = 0, weak = 0, weak_right = 0; /* weak: below 10 % */
};

/* Later handovers, or earlier ones; 0 for a change that is neither. */
int direction(const std::string &action)
{
    const std::string attribute = unquoted(member(action, "attribute"));
    const double before = number(member(action, "before")), after = number(member(action, "after"));
    const int change = after > before ? 1 : after < before ? -1 : 0;
    if (attribute == "cellIndividualOffset") {
        return change;
    }
    return attribute == "a3Offset" || attribute == "hysteresis" || attribute == "timeToTrigger" ? -change : 0;
}

/* Every change makes handovers of this relation earlier (too late ones), or later (all other kinds). */
bool right_direction(const std::vector<std::string> &actions, size_t kind, size_t from, size_t to)
{
    for (const std::string &action : actions) {
        const std::string object = unquoted(member(action, "managedObject"));
        if ((object != relation_name(from, to) && object != "NRCellCU=" + std::to_string(from)) || direction(action) != (kind == 0 ? 1 : -1)) {
            return false;
        }
    }
    return !actions.empty();
}

std::string problem_of(const std::string &history, size_t from, size_t to, double offset)
{
    const std::string cell = "\"NRCellCU=" + std::to_string(from) + "\":{\"a3Offset\":3,\"hysteresis\":1,\"timeToTrigger\":320}";
    return "{\"id\":\"window\",\"problem_type\":\"MRO\",\"mode\":\"SHADOW\",\"history\":{" + history + "},\"configuration\":{" + quoted(relation_name(from, to)) +
           ":{\"cellIndividualOffset\":" + digits(offset) + "}," + cell + "},\"time_ns\":" + std::to_string(first_period_ns + day_ns) + "}";
}

void show(const char *name, const tally &all)
{
    const auto share = [](size_t part, size_t whole) { return whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : none; };
    std::printf("  %-12s %8zu", name, all.windows);
    put(share(all.cause, all.windows), 12, 2);
    put(share(all.acted, all.windows), 12, 2);
    put(share(all.right, all.windows), 16, 2);
    put(share(all.weak_right, all.weak), 18, 2);
    std::printf("\n");
}

} // namespace

void measure_faults(const bench_plan &plan, goal_rows &rows)
{
    random_numbers random(71);
    std::printf("\nHandover faults: a relation of 24 hours, 20 to 300 attempts an hour, one fault in 6 to 40 %% of them (at least 5 %% as counted), others below 1.5 %%; or none\n"
                "  %-12s %8s %12s %12s %16s %18s\n",
                "planted", "windows", "cause, %", "acts, %", "direction, %", "of those < 10 %");
    std::unique_ptr<ours> library;
    tally by_kind[problem_kinds], all;
    const uint64_t start = thread_cpu_ns();
    for (size_t window = 0; window < plan.faulty_windows; window++) {
        if (window % windows_of_handle == 0) {
            library = std::make_unique<ours>("{\"seed\":1}");
        }
        const size_t kind = window % problem_kinds, from = 1 + random.below(50), to = from + 1 + random.below(6);
        const double planted = 0.06 + 0.34 * random.uniform(), mean = 20 + 280 * random.uniform();
        problem_shares shares;
        for (double &share : shares) {
            share = 0.015 * random.uniform();
        }
        shares[kind] = planted;
        relation_counters counters;
        do {
            counters = draw_relation(mean, shares, periods, random);
        } while (counters.share(kind) < fault_from);
        std::string history;
        append_relation(history, relation_name(from, to), counters, first_period_ns);
        const std::string decision = library->decide(problem_of(history, from, to, static_cast<double>(random.below(5)) - 2));
        const std::string cause = member(decision, "cause");
        const std::vector<std::string> actions = elements(member(decision, "actions"));
        tally &one = by_kind[kind];
        const bool right = right_direction(actions, kind, from, to), weak = planted < 0.1;
        one.windows++;
        one.cause += unquoted(member(cause, "name")) == problem_causes[kind] && unquoted(member(cause, "managedObject")) == relation_name(from, to);
        one.acted += !actions.empty();
        one.right += right;
        one.weak += weak;
        one.weak_right += weak && right;
    }
    for (size_t kind = 0; kind < problem_kinds; kind++) {
        const tally &one = by_kind[kind];
        show(problem_causes[kind], one);
        all.windows += one.windows;
        all.cause += one.cause;
        all.acted += one.acted;
        all.right += one.right;
    }
    tally healthy;
    size_t changes = 0;
    for (size_t window = 0; window < plan.healthy_windows; window++) {
        if (window % windows_of_handle == 0) {
            library = std::make_unique<ours>("{\"seed\":1}");
        }
        problem_shares shares;
        for (double &share : shares) {
            share = 0.015 * random.uniform();
        }
        const size_t from = 1 + random.below(50), to = from + 1 + random.below(6);
        std::string history;
        append_relation(history, relation_name(from, to), draw_relation(20 + 280 * random.uniform(), shares, periods, random), first_period_ns);
        const std::string decision = library->decide(problem_of(history, from, to, static_cast<double>(random.below(5)) - 2));
        const size_t count = elements(member(decision, "actions")).size();
        const std::string cause = unquoted(member(member(decision, "cause"), "name"));
        healthy.windows++;
        healthy.cause += cause == "healthy" || cause == "unknown"; /* a share of 2 to 5 % as counted is neither */
        healthy.acted += count > 0;
        changes += count;
    }
    show("nothing", healthy);
    std::printf("  us of CPU a decision, with the making of the window: %.0f\n", static_cast<double>(thread_cpu_ns() - start) / 1000 / static_cast<double>(std::max<size_t>(1, all.windows + healthy.windows)));
    std::fflush(stdout);
    const double whole = static_cast<double>(std::max<size_t>(1, all.windows)), direction_share = 100 * static_cast<double>(all.right) / whole;
    rows.push_back({"planted faults, right cause", all.windows, "%", 2, 100 * static_cast<double>(all.cause) / whole, "", none, none, "", verdict::open});
    rows.push_back({"planted faults, right direction", all.windows, "%", 2, direction_share, "gate of a public MRO rApp", 90, direction_share / 90, ">= 99", judge(direction_share >= 99)});
    rows.push_back({"healthy windows, actions", healthy.windows, "", 0, static_cast<double>(changes), "", none, none, "0", judge(changes == 0)});
}
