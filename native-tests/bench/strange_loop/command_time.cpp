/* CPU time of a command among 10 000 that are in force: in one request, and one by one as they come. */
#include <algorithm>
#include <cstdio>

#include "clocks.hpp"
#include "conflict_scenes.hpp"
#include "ours.hpp"
#include "sections.hpp"
#include "table.hpp"
#include "timing.hpp"

namespace {

constexpr size_t live = 10000, sources = 8, values = 5;
constexpr uint64_t second_ns = 1000000000, begin_ns = 1577836800 * second_ns;
constexpr double published_us = 400; /* 0.4 to 0.5 ms a command */

struct region {
    const char *name;
    size_t cells, parameters;
};

const region regions[] = {{"2000 cells, 20 parameters", 2000, 20}, {"500 cells, 20 parameters", 500, 20}, {"57 cells, 100 parameters", 57, 100}};

std::vector<std::vector<size_t>> groups_of(const region &where)
{
    std::vector<std::vector<size_t>> groups;
    for (size_t first = 0; first < where.parameters; first += 4) {
        groups.push_back({first, first + 1, first + 2, first + 3});
    }
    return groups;
}

/* One a second, in force for as many seconds as there are live commands. */
control_command command_at(const region &where, size_t second, random_numbers &random)
{
    return {random.below(sources), random.below(where.parameters), random.below(values), random.below(where.cells), begin_ns + second * second_ns, live * second_ns, false};
}

std::string request_of(const std::string &commands, const std::string &groups, bool keep)
{
    return "{\"commands\":[" + commands + "]" + (groups.empty() ? "" : ",\"groups\":" + groups) + (keep ? ",\"keep\":true}" : "}");
}

size_t conflicts_in(const std::string &report)
{
    size_t count = 0;
    for (size_t at = report.find("\"conflictType\""); at != std::string::npos; at = report.find("\"conflictType\"", at + 1)) {
        count++;
    }
    return count;
}

struct streamed {
    figures us;
    double conflicts; /* a command */
    size_t least_live;
};

/* Commands one by one, after all that are in force; with the groups each time, or only the first time, after which they hold. */
streamed stream(const bench_plan &plan, const region &where, const std::string &first, bool again, random_numbers random)
{
    const ours library;
    const std::string groups = json_of(groups_of(where));
    library.detect_conflicts(request_of(first, groups, true));
    streamed result = {{}, 0, live};
    for (int i = 0; i < plan.streamed; i++) {
        const std::string next = request_of(json_of(command_at(where, live + static_cast<size_t>(i), random)), again ? groups : "", true);
        const uint64_t start = thread_cpu_ns();
        const std::string report = library.detect_conflicts(next);
        result.us.push_back(static_cast<double>(thread_cpu_ns() - start) / 1000);
        result.conflicts += static_cast<double>(conflicts_in(report)) / plan.streamed;
        result.least_live = std::min(result.least_live, static_cast<size_t>(number(member(report, "live"))));
    }
    return result;
}

void show(const bench_plan &plan, const region &where, goal_rows &rows)
{
    random_numbers random(where.cells);
    std::string all;
    for (size_t i = 0; i < live; i++) {
        all += (i ? "," : "") + json_of(command_at(where, i, random));
    }
    const ours library;
    const std::string request = request_of(all, json_of(groups_of(where)), false);
    std::string report;
    const double whole = us_of_call(plan.ms_of_timing, [&] { report = library.detect_conflicts(request); }) / live;
    const streamed once = stream(plan, where, all, false, random), again = stream(plan, where, all, true, random);
    const double one = median(once.us);
    std::printf("  %-28s", where.name);
    put(whole, 9, 2);
    put(static_cast<double>(conflicts_in(report)) / live, 10, 2);
    put(one, 10, 2);
    put(quantile(once.us, 0.99), 9, 2);
    put(once.conflicts, 10, 2);
    std::printf(" %7zu", std::min(once.least_live, again.least_live));
    put(median(again.us), 14, 2);
    std::printf("\n");
    std::fflush(stdout);
    rows.push_back({std::string("one request, ") + where.name, live, "us", 2, whole, "published", published_us, published_us / whole, "<= 5", judge(whole <= 5)});
    rows.push_back({std::string("one by one, ") + where.name, live, "us", 2, one, "published", published_us, published_us / one, "<= 5", judge(one <= 5)});
}

} // namespace

void measure_commands(const bench_plan &plan, goal_rows &rows)
{
    std::printf("\nTime of a command, JSON to JSON, %zu in force, %zu functions: us of CPU; published for another detector: 400 to 500 us a command\n"
                "  %-28s %20s %39s %14s\n  %-28s %9s %10s %10s %9s %10s %7s %14s\n",
                live, sources, "", "one request of all", "one by one, kept", "groups again", "", "us", "conflicts", "median us", "99 %", "conflicts", "live", "median us");
    for (const region &where : regions) {
        show(plan, where, rows);
    }
}
