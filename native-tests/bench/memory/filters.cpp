#include "filters.hpp"

#include "dataset.hpp"

namespace {

uint8_t *borrowed(const std::string &text)
{
    return text.empty() ? nullptr : reinterpret_cast<uint8_t *>(const_cast<char *>(text.data()));
}

filter_case by_time(size_t rows, double from_share, double until_share, const char *name)
{
    const auto from = static_cast<size_t>(from_share * static_cast<double>(rows)), until = static_cast<size_t>(until_share * static_cast<double>(rows));
    filter_case made;
    made.name = name;
    made.flags = RANCOG_FILTER_TIME;
    made.from_ns = first_time_ns + from * step_ns;
    made.until_ns = first_time_ns + until * step_ns;
    made.passes = [from, until](size_t row) { return row >= from && row < until; };
    return made;
}

} // namespace

rancog_filter filter_case::native() const
{
    rancog_filter made = rancog_filter();
    made.struct_size = sizeof made;
    made.flags = flags;
    made.cell = borrowed(cell);
    made.cell_length = cell.size();
    made.from_ns = from_ns;
    made.until_ns = until_ns;
    made.min_reward = min_reward;
    made.json = borrowed(json);
    made.json_length = json.size();
    return made;
}

std::vector<filter_case> narrow_filters(size_t rows)
{
    filter_case cell, vendor;
    cell.name = "cell";
    cell.cell = cell_name(17);
    cell.passes = [](size_t row) { return facts_of(row).cell == 17; };
    vendor.name = "metadata";
    vendor.json = "{\"metadata.vendor\":{\"$eq\":\"" + vendor_name(42) + "\"}}";
    vendor.passes = [](size_t row) { return facts_of(row).vendor == 42; };
    return {cell, vendor, by_time(rows, 0.5, 0.51, "time")};
}

std::vector<filter_case> all_filters(size_t rows)
{
    filter_case none, reward, list, several = by_time(rows, 0.1, 0.9, "several");
    none.name = "none";
    none.passes = [](size_t) { return true; };
    reward.name = "reward";
    reward.flags = RANCOG_FILTER_MIN_REWARD;
    reward.min_reward = 0.7;
    reward.passes = [](size_t row) { return facts_of(row).reward >= 0.7; };
    list.name = "metadata $in";
    list.json = "{\"metadata.vendor\":{\"$in\":[\"" + vendor_name(1) + "\",\"" + vendor_name(2) + "\",\"" + vendor_name(3) + "\"]}}";
    list.passes = [](size_t row) { return facts_of(row).vendor >= 1 && facts_of(row).vendor <= 3; };
    several.flags |= RANCOG_FILTER_MIN_REWARD;
    several.min_reward = 0.3;
    several.cell = cell_name(5);
    several.json = "{\"tags\":{\"$contains\":\"night\"}}";
    several.passes = [between = several.passes](size_t row) {
        const row_facts facts = facts_of(row);
        return between(row) && facts.cell == 5 && facts.reward >= 0.3 && row % 2 == 1;
    };
    std::vector<filter_case> all = narrow_filters(rows);
    all.insert(all.begin(), none);
    all.push_back(reward);
    all.push_back(list);
    all.push_back(several);
    return all;
}
