#include "conflict_scenes.hpp"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <limits>

#include "ours.hpp"

namespace {

constexpr uint64_t begin_ms = 1577836800000; /* 2020-01-01 */
constexpr uint64_t ns_a_ms = 1000000;
const char *const value_texts[] = {"2", "2.0", "3", "\"on\"", "\"off\""};
const double value_numbers[] = {2, 2, 3, -1, -1};
constexpr size_t values = 5;

std::string date_of(uint64_t ns)
{
    const std::time_t seconds = static_cast<std::time_t>(ns / 1000000000);
    std::tm parts;
    gmtime_r(&seconds, &parts);
    char day[32], text[64];
    std::strftime(day, sizeof day, "%a %b %d %H:%M:%S", &parts);
    std::snprintf(text, sizeof text, "%s.%03u %d", day, static_cast<unsigned>(ns / ns_a_ms % 1000), 1900 + parts.tm_year);
    return text;
}

std::vector<control_command> commands_of(random_numbers &random, size_t count, size_t cells, size_t times)
{
    const size_t sources = 2 + random.below(3), parameters = 1 + random.below(6);
    std::vector<control_command> all(count);
    for (control_command &one : all) {
        const uint64_t span = random.one_in(20) ? 0 : random.below(times) * ns_a_ms;
        const bool forever = random.one_in(20);
        one = {random.below(sources), random.below(parameters), random.below(values), random.below(cells), (begin_ms + random.below(times)) * ns_a_ms,
               forever ? std::numeric_limits<uint64_t>::max() : span, !forever && random.one_in(2)};
    }
    return all;
}

/* Noise whose mean steps at random times, so that many windows differ; some of few values, some without noise. */
void add_series(random_numbers &random, size_t cell, size_t metric, size_t times, std::vector<kpi_sample> &samples)
{
    const bool low = random.one_in(2);
    const double noise = random.one_in(3) ? 0 : 1, scale = std::pow(10, static_cast<double>(random.below(7)) - 3), rate = 5.0 / static_cast<double>(times) * static_cast<double>(1 + random.below(3));
    double level = 100 * random.uniform();
    for (uint64_t time = begin_ms - 50; time < begin_ms + 2 * times; time += 1 + random.below(3)) {
        level += random.uniform() < rate ? 20 * random.uniform() - 10 : 0;
        samples.push_back({cell, metric, time * ns_a_ms, scale * (std::round(level) + noise * (random.uniform() + random.uniform() - 1)), low});
    }
}

std::string json_of(const kpi_sample &sample)
{
    return "{\"cell\":\"c" + std::to_string(sample.cell) + "\",\"metric\":\"m" + std::to_string(sample.metric) + "\",\"time_ns\":" + std::to_string(sample.time_ns) + ",\"value\":" +
           digits(sample.value) + (sample.low_is_better ? ",\"better\":\"low\"}" : "}");
}

template <class T>
std::string list_of(const std::vector<T> &items)
{
    std::string text = "[";
    for (const T &item : items) {
        text += (text.size() > 1 ? "," : "") + json_of(item);
    }
    return text + "]";
}

} // namespace

bool same_value(size_t a, size_t b)
{
    return a == b || (value_numbers[a] >= 0 && value_numbers[a] == value_numbers[b]);
}

std::string json_of(const control_command &command)
{
    const std::string when = command.written_as_text ? quoted(date_of(command.start_ns)) : std::to_string(command.start_ns);
    const std::string span = command.written_as_text ? quoted(std::to_string(command.span_ns / ns_a_ms)) : std::to_string(command.span_ns);
    return "{\"source\":\"s" + std::to_string(command.source) + "\",\"command\":\"set\",\"targetParameter\":\"p" + std::to_string(command.parameter) + "\",\"targetValue\":" +
           value_texts[command.value] + ",\"targetCell\":\"c" + std::to_string(command.cell) + "\",\"timestamp\":" + when + ",\"controlTimespan\":" + span + "}";
}

std::string json_of(const std::vector<std::vector<size_t>> &groups)
{
    std::string text = "[";
    for (size_t i = 0; i < groups.size(); i++) {
        text += (i ? ",{\"groupName\":\"g" : "{\"groupName\":\"g") + std::to_string(i) + "\",\"parameters\":[";
        for (size_t k = 0; k < groups[i].size(); k++) {
            text += (k ? ",{\"changeTarget\":\"NRCellDU\",\"parameterName\":\"p" : "{\"changeTarget\":\"NRCellDU\",\"parameterName\":\"p") + std::to_string(groups[i][k]) + "\"}";
        }
        text += "]}";
    }
    return text + "]";
}

std::string conflict_scene::json() const
{
    return "{\"commands\":" + list_of(commands) + ",\"groups\":" + json_of(groups) + ",\"kpis\":" + list_of(kpis) + "}";
}

conflict_scene crowded_scene(uint64_t seed)
{
    random_numbers random(seed);
    const size_t cells = 1 + random.below(4), times = 60 + random.below(300), count = 10 + random.below(90);
    conflict_scene scene;
    scene.commands = commands_of(random, count, cells, times);
    for (size_t left = random.below(5); left > 0; left--) {
        std::vector<size_t> group(random.below(5));
        for (size_t &parameter : group) {
            parameter = random.below(8);
        }
        scene.groups.push_back(group);
    }
    for (size_t cell = 0; cell < cells; cell++) {
        for (size_t metric = random.below(3); metric > 0; metric--) {
            add_series(random, cell, metric, times, scene.kpis);
        }
    }
    if (random.one_in(2)) {
        for (size_t i = scene.kpis.size(); i > 1; i--) {
            std::swap(scene.kpis[i - 1], scene.kpis[random.below(i)]);
        }
    }
    return scene;
}
