// What can be given as an array, a length of time or a point in time. Compiled as C++17 and, with std::span, as C++20.
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <sstream>
#include <string>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "kit.hpp"

namespace {

using namespace std::chrono_literals;

template <class From, class To>
constexpr bool becomes = std::is_convertible_v<From, To>;

using numbers = rancog::span<const double>;
using room = rancog::span<double>;
static_assert(becomes<std::vector<double> &, numbers> && becomes<const std::vector<double> &, numbers> && becomes<std::vector<double>, numbers>);
static_assert(becomes<std::array<double, 3> &, numbers> && becomes<const std::array<const double, 3> &, numbers> && becomes<double (&)[2], numbers>);
static_assert(becomes<std::vector<double> &, room> && becomes<double (&)[2], room> && becomes<room, numbers>);
static_assert(!becomes<const std::vector<double> &, room>, "not into what is constant");
static_assert(!becomes<std::vector<double>, room>, "not into what dies with the statement");
static_assert(!becomes<std::vector<float> &, numbers> && !becomes<std::vector<int> &, numbers>, "not from other numbers");
static_assert(!becomes<numbers, room> && !becomes<std::string, numbers>);
static_assert(becomes<int, rancog::duration> && becomes<std::uint64_t, rancog::duration> && becomes<std::chrono::minutes, rancog::duration>);
static_assert(!becomes<bool, rancog::duration> && !becomes<double, rancog::duration>);
static_assert(!becomes<std::chrono::system_clock::time_point, rancog::duration>, "a point in time is no length");
static_assert(becomes<std::chrono::system_clock::time_point, rancog::instant> && !becomes<std::chrono::steady_clock::time_point, rancog::instant>);
static_assert(rancog::duration(15min).count() == 900000000000u && rancog::duration(-1).valid() == false);
#if __cplusplus >= 202002L
static_assert(becomes<std::span<double>, numbers> && becomes<std::span<double>, room> && becomes<std::span<const double>, numbers>);
static_assert(!becomes<std::span<const double>, room> && becomes<std::span<double, 4>, numbers>);
#endif

double sum(numbers values)
{
    double total = 0;
    for (const double value : values) {
        total += value;
    }
    return total;
}

void arrays_of_every_kind_are_seen_where_they_are()
{
    std::vector<double> vector{1, 2, 3};
    std::array<double, 2> array{4, 5};
    double plain[] = {6, 7};
    CHECK(numbers(vector).data() == vector.data() && numbers(vector).size() == 3 && numbers(array).data() == array.data() && numbers(plain).size() == 2);
    CHECK(sum(vector) == 6 && sum(array) == 9 && sum(plain) == 13 && sum({1, 2, 3.5}) == 6.5 && sum({}) == 0 && sum({vector.data(), 2}) == 3);
    CHECK(sum(std::vector<double>{1, 1}) == 2);
    const room seen(vector);
    seen[0] = 10;
    CHECK(vector[0] == 10 && numbers(seen).data() == vector.data() && room().empty());
#if __cplusplus >= 202002L
    CHECK(sum(std::span<double>(vector).subspan(1)) == 5);
#endif
}

void times_are_exact_or_refused()
{
    using rancog::duration;
    CHECK(duration(10ms).count() == 10000000 && duration(std::chrono::duration<double>(0.5)).count() == 500000000);
    CHECK(duration(std::numeric_limits<std::uint64_t>::max()).count() == rancog::never && duration(rancog::never).valid());
    CHECK(duration(std::chrono::nanoseconds::max()).count() == static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()));
    CHECK(duration(std::chrono::hours(5000000)).valid() && duration(std::chrono::hours(5000000)).count() == 18000000000000000000u); // beyond 2^63 ns
    CHECK(!duration(std::chrono::hours(6000000)).valid() && !duration(std::chrono::hours::max()).valid() && !duration(std::chrono::hours::min()).valid());
    CHECK(!duration(-1ns).valid() && duration(0ns).valid() && !duration(std::numeric_limits<int>::min()).valid());
    CHECK(!duration(std::chrono::duration<double>(std::nan(""))).valid() && !duration(std::chrono::duration<double>(INFINITY)).valid());
    const std::chrono::system_clock::time_point time(1600000000s);
    CHECK(rancog::instant(time).count() == 1600000000000000000u && !rancog::instant(std::chrono::system_clock::time_point(-1s)).valid());
    CHECK(rancog::instant(std::chrono::time_point_cast<std::chrono::seconds>(time)).count() == 1600000000000000000u);
}

template <class Rep, class Period = std::ratio<1>>
std::uint64_t nanoseconds(Rep count)
{
    return rancog::duration(std::chrono::duration<Rep, Period>(count)).count();
}

// What a float or a double says is taken to the nearest nanosecond, not in the arithmetic of a float, which knows 900 s to 10 us.
void times_of_floating_point_are_the_nearest_nanosecond()
{
    CHECK(nanoseconds<float>(900) == 900000000000u && (nanoseconds<float, std::ratio<60>>(15) == 900000000000u));
    CHECK((nanoseconds<double, std::nano>(0.6) == 1 && nanoseconds<double, std::nano>(0.4) == 0 && nanoseconds<long double, std::nano>(7.5L) == 8));
    std::size_t inexact = 0;
    for (std::uint64_t ms = 1; ms < 100000; ms++) {
        inexact += nanoseconds<double>(static_cast<double>(ms) / 1000) != ms * 1000000;
    }
    CHECK(inexact == 0);
    // 2^64 ns lie between these two; no float is nearer.
    CHECK(nanoseconds<float>(18446743552.0f) == 18446743552000000000u);
    CHECK(!rancog::duration(std::chrono::duration<float>(18446744600.0f)).valid());
    CHECK((nanoseconds<double, std::nano>(18446744073709549568.0) == 18446744073709549568u));
    CHECK(!rancog::duration(std::chrono::duration<double, std::nano>(18446744073709551616.0)).valid());
}

void times_in_odd_units_are_not_cut_on_the_way()
{
    using thirds = std::chrono::duration<std::int64_t, std::ratio<1, 3>>;
    CHECK(rancog::duration(thirds(2)).count() == 666666666u && rancog::duration(thirds(30000000001)).count() == 10000000000333333333u);
    CHECK(!rancog::duration(thirds(60000000000)).valid());
    CHECK(rancog::duration(std::chrono::duration<std::uint64_t, std::pico>(rancog::never)).count() == 18446744073709551u);
    CHECK((nanoseconds<std::int8_t, std::ratio<3600>>(100) == 360000000000000u));
}

void a_buffer_reads_as_text()
{
    rancog::buffer text = rancog::nothrow::runtime_info().value();
    const std::string copied = text;
    std::string assigned;
    assigned = text;
    const std::string made(text);
    const std::string_view seen = text;
    std::ostringstream out;
    out << text;
    CHECK(seen.data() == text.data() && seen.size() == text.size() && copied == seen && assigned == seen && made == seen && out.str() == seen);
    CHECK(text.c_str()[text.size()] == '\0' && text.c_str() == text.data() && std::string(rancog::buffer()).empty());
}

} // namespace

int main()
{
    RUN(arrays_of_every_kind_are_seen_where_they_are);
    RUN(times_are_exact_or_refused);
    RUN(times_of_floating_point_are_the_nearest_nanosecond);
    RUN(times_in_odd_units_are_not_cut_on_the_way);
    RUN(a_buffer_reads_as_text);
    return check_finish();
}
