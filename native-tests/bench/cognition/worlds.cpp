#include "worlds.hpp"

#include <algorithm>
#include <cmath>

#include "counters.hpp"

namespace {

constexpr size_t periods = 24, observed_periods = 4, days = 7;

std::string tail(const asked &one, const std::string &more)
{
    return ",\"mode\":\"AUTONOMOUS\",\"problem_type\":\"MRO\",\"time_ns\":" + std::to_string(one.scene.time_ns) + ",\"observe_ns\":" + std::to_string(observed_periods * hour_ns) + ",\"constraints\":[" +
           quoted(one.metric + (one.at_most ? " <= " : " >= ") + digits(one.limit)) + "]" + more + "}";
}

/* A relation with too late handovers, a limit of their share, and an answer to its offset; hazards for the guards among them. */
asked relation(size_t index, random_numbers &random, double factor_mean)
{
    asked one;
    const bool again = random.one_in(8); /* asked half an hour after the last one, which may be of the same relation */
    one.scene.time_ns = first_period_ns + day_ns + index * 2 * hour_ns - (again ? 3 * hour_ns / 2 : 0);
    one.scene.from = again ? 1 + (index + 59) % 60 : 1 + index % 60;
    one.scene.to = one.scene.from + 1;
    one.share = 0.05 + 0.12 * random.uniform();
    one.factor_a_db = factor_mean + 0.12 * random.normal();
    one.limit = 0.02 + 0.12 * random.uniform();
    one.attempts = random.one_in(20) ? 1 : 40 + 200 * random.uniform();
    const std::string name = relation_name(one.scene.from, one.scene.to);
    one.metric = name + "/" + problem_counters[0] + " / " + name + "/MM.HoExeInterReq";
    const relation_counters counters = draw_relation(one.attempts, {one.share, 0.004, 0.002, 0.005}, periods, random);
    one.scene.attempts = counters.sum_of_attempts();
    std::string history, more, target = std::to_string(one.scene.to);
    append_relation(history, name, counters, one.scene.time_ns - day_ns);
    const double offset = static_cast<double>(random.below(13)) - 6;
    std::string configuration = quoted(name) + ":{\"cellIndividualOffset\":" + digits(offset) + "}";
    if (random.one_in(12)) {
        one.scene.asleep.push_back("NRCellDU=" + target);
        configuration += ",\"NRCellDU=" + target + "\":{\"administrativeState\":\"LOCKED\"}";
    }
    if (random.one_in(12)) {
        one.scene.protected_objects.push_back((random.one_in(2) ? "NRCellDU=" : "NRCellCU=") + target);
        more += ",\"protected\":[" + quoted(one.scene.protected_objects[0]) + "]";
    }
    if (random.one_in(4)) { /* changes of the host's, too large and not of the range among them */
        for (int i = 0; i < 4; i++) {
            more += (i ? ",[{\"managedObject\":" : ",\"candidates\":[[{\"managedObject\":") + quoted(name) + ",\"attribute\":\"cellIndividualOffset\",\"after\":" + digits(offset + 1 + static_cast<double>(random.below(4)) + (random.one_in(8) ? 0.5 : 0)) + "}]";
        }
        more += "]";
    }
    one.problem = "{\"history\":{" + history + "},\"configuration\":{" + configuration + "}" + tail(one, more);
    return one;
}

/* A KPI of a cell with a daily course and errors that follow each other; nothing can be done about it. */
asked cell_kpi(size_t index, random_numbers &random, double noise, bool heavy)
{
    asked one;
    one.scene.time_ns = first_period_ns + days * day_ns + index * hour_ns;
    one.scene.attempts = -1;
    one.metric = "NRCellDU=" + std::to_string(1 + index % 40) + "/RRU.PrbTotDl";
    const double base = 30 + 25 * random.uniform(), course = 15 * random.uniform(), phase = 24 * random.uniform();
    double error = 0, sum = 0;
    std::vector<double> values;
    for (size_t t = 0; t < days * periods + observed_periods; t++) {
        const double shock = heavy ? random.normal() / std::sqrt(0.3 - std::log1p(-random.uniform())) : random.normal();
        error = 0.6 * error + noise * shock;
        const double value = std::clamp(base + course * std::sin(2 * 3.14159265358979 * (static_cast<double>(t) + phase) / 24) + error, 0.0, 100.0);
        if (t < days * periods) {
            values.push_back(value);
        } else {
            sum += value;
        }
    }
    one.level = sum / observed_periods;
    one.limit = std::clamp(base + course * std::sin(2 * 3.14159265358979 * (static_cast<double>(days * periods) + 1.5 + phase) / 24) + 1.5 * noise * random.normal(), 0.0, 100.0);
    std::string history;
    append_series(history, one.metric, values, one.scene.time_ns - days * day_ns);
    one.problem = "{\"history\":{" + history + "}" + tail(one, "");
    return one;
}

/* Two tilts to choose from, judged by a model of the host's whose slope is wrong. */
asked tilted(size_t index, random_numbers &random, double slope_of_truth)
{
    asked one;
    one.scene.time_ns = first_period_ns + day_ns + index * 2 * hour_ns;
    one.scene.attempts = -1;
    const std::string cell = "NRCellDU=" + std::to_string(1 + index % 50);
    one.metric = cell + "/DRB.UEThpDl";
    one.at_most = false;
    one.with_model = true;
    one.level = one.model_value = 8000 + 4000 * random.uniform();
    one.model_slope = 0.02;
    one.slope = slope_of_truth;
    one.noise = 0.05;
    std::vector<double> values;
    for (size_t t = 0; t < 2 * periods; t++) {
        values.push_back(one.level * (1 + one.noise * 2 * random.normal()));
    }
    one.limit = one.level * (0.95 + 0.35 * random.uniform());
    std::string history;
    append_series(history, one.metric, values, one.scene.time_ns - 2 * day_ns);
    const std::string action = "[{\"managedObject\":" + quoted(cell) + ",\"attribute\":\"digitalTilt\",\"after\":";
    one.problem = "{\"history\":{" + history + "},\"configuration\":{" + quoted(cell) + ":{\"digitalTilt\":60}},\"candidates\":[" + action + "65}]," + action + "70}]],\"guards\":{\"MAX_CHANGE\":{\"digitalTilt\":20}}" +
                  tail(one, ",\"objectives\":[\"maximize " + one.metric + "\"]");
    return one;
}

} // namespace

const std::vector<world> worlds = {
    {"relations that answer to offsets", [](size_t index, size_t, random_numbers &random) { return relation(index, random, -0.35); }},
    {"relations, then they answer less", [](size_t index, size_t count, random_numbers &random) { return relation(index, random, index < count / 2 ? -0.5 : -0.1); }},
    {"KPIs of cells with noise", [](size_t index, size_t, random_numbers &random) { return cell_kpi(index, random, 4, false); }},
    {"KPIs, rare large errors, then wider", [](size_t index, size_t count, random_numbers &random) { return cell_kpi(index, random, index < count / 2 ? 3 : 6, true); }},
    {"the host's model promises too much", [](size_t index, size_t, random_numbers &random) { return tilted(index, random, 0.008 + 0.004 * random.normal()); }},
};

double observed_after(const asked &one, const std::string &decision, random_numbers &random)
{
    double change = 0;
    for (const std::string &action : elements(member(decision, "actions"))) {
        const std::string before = member(action, "before");
        change += number(member(action, "after")) - (before == "null" ? 0 : number(before));
    }
    if (one.share > 0) {
        const uint64_t attempts = std::max<uint64_t>(1, static_cast<uint64_t>(observed_periods * one.attempts));
        return static_cast<double>(binomial(attempts, std::min(0.9, one.share * std::exp(one.factor_a_db * change)), random)) / static_cast<double>(attempts);
    }
    return one.level * (1 + one.slope * change + one.noise * random.normal());
}

host_model model_of(const asked &one)
{
    return [one](const std::string &question, double *values, size_t count) {
        double change = 0;
        for (const std::string &action : elements(member(question, "actions"))) {
            change += number(member(action, "after")) - 60;
        }
        const std::vector<std::string> metrics = elements(member(question, "metrics"));
        for (size_t i = 0; i < count; i++) {
            if (unquoted(metrics.at(i)) == one.metric) {
                values[i] = one.model_value * (1 + one.model_slope * change);
            }
        }
    };
}
