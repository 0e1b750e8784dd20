/* Random requests: what the library finds beside the definition. */
#include <algorithm>
#include <cstdio>
#include <iterator>

#include "ours.hpp"
#include "plain_conflicts.hpp"
#include "sections.hpp"
#include "table.hpp"

namespace {

std::string part_of(const std::string &conflict, const char *name)
{
    return conflict.find(quoted(name) + ":") == std::string::npos ? "-" : unquoted(member(conflict, name));
}

std::vector<std::string> conflicts_of(const std::string &report)
{
    std::vector<std::string> found;
    for (const std::string &conflict : elements(member(report, "conflicts"))) {
        const numbers places = array(member(conflict, "commands"));
        const std::string kpi = part_of(conflict, "kpi");
        found.push_back(cell(places.at(0), 0, 0) + " " + cell(places.at(1), 0, 0) + " " + part_of(conflict, "conflictType") + " " + part_of(conflict, "groupName") + " " +
                        part_of(conflict, "targetCell") + " " + (kpi == "-" || kpi == "null" ? "-" : part_of(kpi, "metric")));
    }
    return found;
}

} // namespace

void measure_conflicts(const bench_plan &plan, goal_rows &rows)
{
    const char *const classes[] = {"direct", "indirect", "implicit"};
    size_t commands = 0, expected[3] = {}, equal[3] = {}, found[3] = {}, sets_equal = 0;
    std::string first_difference;
    const ours library;
    for (int seed = 0; seed < plan.labelled_sets; seed++) {
        const conflict_scene scene = crowded_scene(static_cast<uint64_t>(seed));
        std::vector<std::string> labels = plain_conflicts(scene), answers = conflicts_of(library.detect_conflicts(scene.json()));
        commands += scene.commands.size();
        sets_equal += labels == answers;
        std::sort(labels.begin(), labels.end());
        std::sort(answers.begin(), answers.end());
        std::vector<std::string> both;
        std::set_intersection(labels.begin(), labels.end(), answers.begin(), answers.end(), std::back_inserter(both));
        if (first_difference.empty() && both.size() < std::max(labels.size(), answers.size())) {
            std::vector<std::string> apart;
            std::set_symmetric_difference(labels.begin(), labels.end(), answers.begin(), answers.end(), std::back_inserter(apart));
            first_difference = "set " + std::to_string(seed) + ": " + apart.front();
        }
        for (size_t kind = 0; kind < 3; kind++) {
            const std::string word = std::string(" ") + classes[kind] + " ";
            const auto count = [&](const std::vector<std::string> &list) {
                return static_cast<size_t>(std::count_if(list.begin(), list.end(), [&](const std::string &entry) { return entry.find(word) != std::string::npos; }));
            };
            expected[kind] += count(labels);
            found[kind] += count(answers);
            equal[kind] += count(both);
        }
    }
    std::printf("\nConflicts: %d random requests, %s commands, beside the definition (pair by pair, sample by sample)\n  %-10s %10s %10s %10s\n", plan.labelled_sets, grouped(commands).c_str(), "", "labelled",
                "found", "equal");
    size_t all = 0, same = 0;
    for (size_t kind = 0; kind < 3; kind++) {
        std::printf("  %-10s %10s %10s %10s\n", classes[kind], grouped(expected[kind]).c_str(), grouped(found[kind]).c_str(), grouped(equal[kind]).c_str());
        all += std::max(expected[kind], found[kind]);
        same += equal[kind];
    }
    std::printf("  lists that are equal, order included: %zu of %d%s%s\n", sets_equal, plan.labelled_sets, first_difference.empty() ? "" : "; first difference in ", first_difference.c_str());
    const double share = 100.0 * static_cast<double>(same) / static_cast<double>(all);
    rows.push_back({"conflicts, labelled set", all, "% equal", 2, share, "", none, none, "100", judge(same == all && sets_equal == static_cast<size_t>(plan.labelled_sets))});
}
