/* Time of a decision about 57 cells: 342 relations with six counters of 24 hours each, a few of them faulty. */
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

#include "clocks.hpp"
#include "counters.hpp"
#include "ours.hpp"
#include "scratch.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

constexpr size_t cells = 57, neighbours = 6, periods = 24, different_problems = 8;
constexpr double p50_goal_ms = 3, p95_goal_ms = 10;

/* The one that the network model itself is measured with. */
const std::string network = "{\"layout\":{\"type\":\"hexagonal\",\"sites\":19,\"inter_site_distance_m\":500,\"wraparound\":true},\"propagation\":{\"model\":\"UMa\",\"frequency_ghz\":2,\"seed\":1},"
                            "\"users\":{\"count\":1500,\"seed\":1},\"traffic_mbps\":200}";

const char *const stages[] = {"recall", "forecast", "optimise", "whatif", "guards"};
constexpr size_t stage_count = 5;

struct variant {
    const char *name;
    bool with_network, durable, targets;
};

const variant variants[] = {
    {"counters", false, false, false}, {"targets", false, false, true}, {"targets, network", true, false, true}, {"targets, in a file", false, true, true}, {"targets, network, in a file", true, true, true}};

/* What follows the history; times make every decision a new one. */
std::string end_of_problem(const variant &of, size_t index, size_t faulty)
{
    std::string end = "},\"problem_type\":\"MRO\",\"mode\":\"AUTONOMOUS\",\"time_ns\":" + std::to_string(first_period_ns + day_ns + index * 2 * hour_ns) + ",\"observe_ns\":" + std::to_string(4 * hour_ns);
    if (of.targets) {
        const std::string relation = relation_name(1 + faulty, 2 + faulty);
        end += ",\"constraints\":[" + quoted(relation + "/" + problem_counters[0] + " / " + relation + "/MM.HoExeInterReq <= 0.08") + (of.with_network ? ",\"max_load <= 0.9\"" : "") + "]";
    }
    return end + (of.with_network ? ",\"network\":" + network : "") + "}";
}

std::string history_of(size_t faulty, random_numbers &random)
{
    std::string history;
    for (size_t cell = 1; cell <= cells; cell++) {
        for (size_t step = 1; step <= neighbours; step++) {
            const size_t to = (cell + step - 1) % cells + 1;
            const bool late = step == 1 && (cell == 1 + faulty || random.one_in(40));
            append_relation(history, relation_name(cell, to), draw_relation(80, {late ? 0.12 : 0.004, 0.003, 0.002, 0.005}, periods, random), first_period_ns, true);
        }
    }
    return history;
}

/* What a plain reader takes for the numbers of the values alone, ms: how fast this machine is now. */
double ms_of_numbers(const std::string &history)
{
    figures ms;
    double sum = 0;
    for (int i = 0; i < 20; i++) {
        const uint64_t start = thread_cpu_ns();
        for (size_t at = history.find('['); at != std::string::npos; at = history.find('[', at)) {
            while (history[at] != ']') {
                char *end;
                sum += std::strtod(history.c_str() + at + 1, &end);
                at = static_cast<size_t>(end - history.c_str());
            }
        }
        ms.push_back(static_cast<double>(thread_cpu_ns() - start) / 1e6);
    }
    return sum > 0 ? median(ms) : none;
}

/* What the device takes for 4 kB: median wall time, ms. */
double ms_of_device(const std::string &path)
{
    const int file = open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
    const std::string page(4096, 'x');
    figures ms;
    for (int i = 0; file >= 0 && i < 50; i++) {
        const uint64_t start = wall_ns();
        if (write(file, page.data(), page.size()) != static_cast<ssize_t>(page.size()) || fdatasync(file) != 0) {
            break;
        }
        ms.push_back(static_cast<double>(wall_ns() - start) / 1e6);
    }
    if (file >= 0) {
        close(file);
    }
    return median(ms);
}

} // namespace

void measure_decision(const bench_plan &plan, goal_rows &rows)
{
    std::vector<std::string> histories;
    random_numbers random(9);
    for (size_t i = 0; i < different_problems; i++) {
        histories.push_back(history_of(i, random));
    }
    std::printf("\nA decision about %zu cells: %zu relations, 6 counters, %zu hours (%.0f kB of JSON); network: 57 cells, 1500 users; ms, after the first decision; stages: medians as reported\n"
                "  %-30s %9s %9s %9s %9s %9s %9s |",
                cells, cells * neighbours, periods, static_cast<double>(histories[0].size()) / 1000, "", "decisions", "first", "CPU p50", "CPU p95", "wall p50", "wall p95");
    for (const char *stage : stages) {
        std::printf(" %9s", stage);
    }
    std::printf(" %9s\n", "acts, %");
    for (const variant &of : variants) {
        const scratch folder(plan.folder);
        const ours library(of.durable ? "{\"seed\":5,\"path\":" + quoted(folder.file("cognition.db")) + "}" : "{\"seed\":5}");
        figures cpu, wall, by_stage[stage_count];
        double first = none, acted = 0;
        for (size_t i = 0; i <= plan.timed_decisions; i++) {
            const size_t which = i % different_problems;
            const std::string problem = "{\"history\":{" + histories[which] + end_of_problem(of, i, which);
            const uint64_t wall_start = wall_ns(), start = thread_cpu_ns();
            const std::string decision = library.decide(problem);
            const double ms = static_cast<double>(thread_cpu_ns() - start) / 1e6, wall_ms = static_cast<double>(wall_ns() - wall_start) / 1e6;
            if (i == 0) {
                first = ms;
                continue;
            }
            cpu.push_back(ms);
            wall.push_back(wall_ms);
            acted += !elements(member(decision, "actions")).empty();
            const std::string timing = member(decision, "timing_ns");
            for (size_t stage = 0; stage < stage_count; stage++) {
                by_stage[stage].push_back(number(member(timing, stages[stage])) / 1e6);
            }
        }
        const double p50 = quantile(cpu, 0.5), p95 = quantile(cpu, 0.95);
        std::printf("  %-30s %9zu", of.name, cpu.size());
        put(first, 9, 2);
        put(p50, 9, 2);
        put(p95, 9, 2);
        put(quantile(wall, 0.5), 9, 2);
        put(quantile(wall, 0.95), 9, 2);
        std::printf(" |");
        for (const figures &stage : by_stage) {
            put(median(stage), 9, 3);
        }
        put(100 * acted / static_cast<double>(cpu.size()), 9, 0);
        std::printf("\n");
        std::fflush(stdout);
        const double numbers_ms = ms_of_numbers(histories[0]);
        rows.push_back({std::string("decision, ") + of.name + ", p50", cells, "ms of CPU", 2, p50, "strtod of its numbers, no more", numbers_ms, numbers_ms / p50, at_most(p50_goal_ms), judge(p50 <= p50_goal_ms)});
        rows.push_back({std::string("decision, ") + of.name + ", p95", cells, "ms of CPU", 2, p95, "", none, none, at_most(p95_goal_ms), judge(p95 <= p95_goal_ms)});
    }
    const scratch folder(plan.folder);
    std::printf("  (in a file: a decision that was returned is on the device, which takes %.2f ms of wall time for 4 kB)\n", ms_of_device(folder.file("page")));
}
