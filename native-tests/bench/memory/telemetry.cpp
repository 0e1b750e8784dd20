#include "telemetry.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

namespace {

using series = std::vector<float>;

constexpr size_t shortest = 2 * dimension;
constexpr size_t coarsest_step = 24; /* samples between two numbers of a window, at most */

struct window {
    size_t of, start, step;
};

std::vector<std::string> fields_of(const std::string &line)
{
    std::vector<std::string> fields;
    std::stringstream text(line);
    std::string field;
    while (std::getline(text, field, ',')) {
        if (!field.empty() && field.back() == '\r') {
            field.pop_back();
        }
        fields.push_back(field);
    }
    return fields;
}

bool names_a_series(const std::string &column)
{
    return column == "series_id" || column == "cell";
}

bool is_no_measurement(const std::string &column)
{
    return column == "t" || column == "label" || column == "part" || column.rfind("time", 0) == 0;
}

/* In units of its standard deviation; a series that never changes says nothing and is left out. */
void keep(std::vector<series> &all, const std::vector<double> &values)
{
    if (values.size() < shortest) {
        return;
    }
    double sum = 0, squares = 0;
    for (double value : values) {
        sum += value;
    }
    const double mean = sum / static_cast<double>(values.size());
    for (double value : values) {
        squares += (value - mean) * (value - mean);
    }
    const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
    if (!(deviation > 0)) {
        return;
    }
    series scaled;
    for (double value : values) {
        scaled.push_back(static_cast<float>((value - mean) / deviation));
    }
    all.push_back(std::move(scaled));
}

/* Each column of numbers, cut where a sample is missing or the series changes. */
void read_file(const std::filesystem::path &path, std::vector<series> &all)
{
    std::ifstream file(path);
    std::string line, before;
    if (!std::getline(file, line)) {
        return;
    }
    const std::vector<std::string> columns = fields_of(line);
    const size_t key = static_cast<size_t>(std::find_if(columns.begin(), columns.end(), names_a_series) - columns.begin());
    std::vector<std::vector<double>> values(columns.size());
    const auto cut = [&](size_t column) {
        keep(all, values[column]);
        values[column].clear();
    };
    while (std::getline(file, line)) {
        const std::vector<std::string> fields = fields_of(line);
        const bool another = key < fields.size() && fields[key] != before;
        for (size_t column = 0; column < columns.size(); column++) {
            if (column == key || is_no_measurement(columns[column])) {
                continue;
            }
            if (another) {
                cut(column);
            }
            const char *text = column < fields.size() ? fields[column].c_str() : "";
            char *end = nullptr;
            const double value = std::strtod(text, &end);
            if (end == text || *end != '\0' || !std::isfinite(value)) {
                cut(column);
            } else {
                values[column].push_back(value);
            }
        }
        before = another ? fields[key] : before;
    }
    for (size_t column = 0; column < columns.size(); column++) {
        cut(column);
    }
}

std::vector<series> read_folder(const std::string &folder)
{
    std::vector<std::filesystem::path> paths;
    std::error_code trouble;
    for (const auto &entry : std::filesystem::recursive_directory_iterator(folder, trouble)) {
        if (entry.path().extension() == ".csv") {
            paths.push_back(entry.path());
        }
    }
    std::sort(paths.begin(), paths.end());
    std::vector<series> all;
    for (const auto &path : paths) {
        read_file(path, all);
    }
    return all;
}

std::vector<window> cut_windows(const std::vector<series> &all, size_t wanted)
{
    std::vector<window> windows;
    for (size_t step = 1; step <= coarsest_step && windows.size() < wanted; step++) {
        for (size_t i = 0; i < all.size() && windows.size() < wanted; i++) {
            for (size_t start = 0; start + (dimension - 1) * step < all[i].size() && windows.size() < wanted; start++) {
                windows.push_back({i, start, step});
            }
        }
    }
    /* as they would arrive: all series side by side */
    std::stable_sort(windows.begin(), windows.end(), [](const window &a, const window &b) { return a.start < b.start; });
    return windows;
}

void put_window(const std::vector<series> &all, const window &which, std::vector<float> &to)
{
    for (size_t j = 0; j < dimension; j++) {
        to.push_back(all[which.of][which.start + j * which.step]);
    }
}

} // namespace

dataset make_telemetry(const std::string &folder, size_t rows, size_t queries)
{
    dataset made;
    made.name = "telemetry";
    std::vector<series> all = read_folder(folder);
    std::mt19937_64 random(3);
    std::shuffle(all.begin(), all.end(), random);
    std::vector<window> windows = cut_windows(all, rows + queries);
    queries = std::min(queries, windows.size() / 10);
    const size_t every = queries > 0 ? windows.size() / queries : 1;
    for (size_t i = 0; i < windows.size(); i++) {
        const bool asked = i % every == every / 2 && made.queries < queries;
        put_window(all, windows[i], asked ? made.query_vectors : made.vectors);
        (asked ? made.queries : made.rows)++;
    }
    return made;
}
