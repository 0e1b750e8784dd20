// Short ways to say what the C++ tests expect, for both ways of telling errors.
#ifndef CPP_KIT_HPP
#define CPP_KIT_HPP

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "check.h"
#include "rancognition.hpp"

namespace kit {

inline bool has(std::string_view text, std::string_view part)
{
    if (text.find(part) != std::string_view::npos) {
        return true;
    }
    std::printf("  '%.*s' is not in: %.300s\n", static_cast<int>(part.size()), part.data(), std::string(text).c_str());
    return false;
}

inline bool is(const rancog::error &error, std::int32_t status, std::string_view part)
{
    if (error.status() != status) {
        std::printf("  status %d (%s), not %d: %s\n", static_cast<int>(error.status()), error.name(), static_cast<int>(status), error.what());
        return false;
    }
    return has(error.what(), part);
}

// Whether the result is this error.
template <class T>
bool fails(const rancog::result<T> &result, std::int32_t status, std::string_view part)
{
    return !result && is(result.error(), status, part);
}

// The value of an outcome of either way.
template <class T>
T plain(T value)
{
    return value;
}
template <class T>
T plain(rancog::result<T> outcome)
{
    if (!outcome) {
        std::printf("  %s: %s\n", outcome.error().name(), outcome.error().what());
    }
    return std::move(outcome).value();
}

#if defined(__cpp_exceptions)
// Whether the function throws this error of the library.
template <class Function>
bool throws(std::int32_t status, std::string_view part, Function function)
{
    try {
        function();
    } catch (const rancog::error &error) {
        return is(error, status, part);
    }
    std::printf("  nothing was thrown\n");
    return false;
}

// Whether the function lets out an exception of the program's own type with this text.
template <class Exception, class Function>
bool throws_own(std::string_view what, Function function)
{
    try {
        function();
    } catch (const Exception &own) {
        return what == own.what();
    } catch (const std::exception &other) {
        std::printf("  another was thrown: %s\n", other.what());
        return false;
    }
    std::printf("  nothing was thrown\n");
    return false;
}
#endif

// Closes a core on which threads make a call, when it has answered so often; 'call' gives the outcome, 'right' says whether a result is.
template <class Core, class Call, class Right>
void close_under_threads(Core &core, std::size_t answers, Call call, Right right)
{
    std::atomic<std::size_t> answered{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; i++) {
        threads.emplace_back([&] {
            for (;;) {
                const auto answer = call();
                if (!answer) {
                    CHECK(answer.error().status() == RANCOG_E_INVALID_HANDLE); // closed below
                    return;
                }
                CHECK(right(*answer));
                answered++;
            }
        });
    }
    while (answered < answers) {
        std::this_thread::yield();
    }
    CHECK(core.close().has_value());
    for (auto &thread : threads) {
        thread.join();
    }
}

inline constexpr const char *virtual_time = R"({"mode":"virtual"})";
inline constexpr const char *custom_a = R"({"Custom":"a"})";

} // namespace kit

#endif
