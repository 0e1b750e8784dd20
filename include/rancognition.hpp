/// @file
/// RanCognition for C++17: rancognition.h with handles that release themselves, text as std::string_view, arrays as spans,
/// lambdas as callbacks, and errors as exceptions or as values. Header only; link with -lrancognition -pthread.
///
/// A whole program (c++ -std=c++17 program.cpp -lrancognition -pthread):
/// @code
/// #include <cstdio>
/// #include <vector>
/// #include "rancognition.hpp"
///
/// int main()
/// {
///     using namespace std::chrono_literals;
///     const std::vector<double> prb{41, 42, 44, 43, 47, 50, 49, 53, 56, 58, 57, 61, 64, 63, 67, 70}; // PRB use of a cell, %
///     rancog::temporal core;                                         // an error is thrown: rancog::error
///     const rancog::forecast_result next = core.forecast(prb, 15min, 4, 0.9);
///     std::printf("PRB use in an hour: %.0f %%, with 90 %% confidence %.0f to %.0f\n", next.mean[3], next.lower[3], next.upper[3]);
///
///     rancog::nothrow::temporal checked = core.as_nothrow();         // the same core; an error is a value: rancog::result
///     if (const auto patterns = checked.analyze_temporal_patterns("{}"); !patterns)
///         std::printf("%s: %s\n", patterns.error().name(), patterns.error().what());
/// }
/// @endcode
///
/// **What a function does**, its ranges and its errors stand in rancognition.h, under the C name: rancog_temporal_forecast is
/// rancog::temporal::forecast. The comments here say what C++ adds.
///
/// **Errors.** Each class exists once, as basic_temporal<Errors> and so on. rancog::temporal is basic_temporal<throwing>: its
/// functions give what they compute and throw rancog::error. rancog::nothrow::temporal is basic_temporal<returning>: the same
/// functions give rancog::result, which holds the value or the error. as_nothrow() and as_throwing() look at one core in the
/// other way. With -fno-exceptions only what is in rancog::nothrow exists; there, result::value() of an error prints the
/// message and calls abort().
///
/// **Lifetime.** Handles are moved, not copied. The destructor and close() release them; a closed or moved-from object answers
/// every call with RANCOG_E_INVALID_HANDLE. What a loader lends (modules, their cores) and what as_nothrow() gives is borrowed:
/// destroying it releases nothing, and after its owner is closed its calls give RANCOG_E_INVALID_HANDLE.
///
/// **Threads.** Any thread may call any function of one object at the same time, close() too: calls under way finish. As with
/// every object of C++, no thread may begin a call on it once another one moves or destroys it; calls that are already inside
/// the library finish well, also when the destructor runs in a handler.
///
/// **Callbacks** are std::function: those of rancog::host, and task handlers. They are kept as long as the object or a call needs
/// them; close() lets go of handlers. Evaluators (optimization::optimize_with, strange_loop::solve_with, cognitive::decide_with) are
/// any callable, borrowed for the call. They run on the thread that makes the call, which need not be the one that registered them.
/// An exception that leaves one does not cross the library: the task fails, or the call is asked to stop, and when the call returns
/// the exception is thrown to its caller (throwing), or is in error::cause() (returning). What the call had done by then stays done,
/// but its result is lost. The first exception of a call counts.
///
/// Do not mix one object between files compiled with and without -fno-exceptions: they are different types (an inline namespace).
#ifndef RANCOGNITION_HPP
#define RANCOGNITION_HPP

#if __cplusplus < 201703L
#error "rancognition.hpp needs C++17: compile with -std=c++17 or newer (in CMake: set(CMAKE_CXX_STANDARD 17))"
#endif

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <initializer_list>
#include <limits>
#include <map>
#include <memory>
#include <memory_resource>
#include <mutex>
#include <new>
#include <optional>
#include <ostream>
#include <ratio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "rancognition.h"

#if defined(__cpp_exceptions)
#define RANCOG_HPP_EXCEPTIONS 1
#else
#define RANCOG_HPP_EXCEPTIONS 0
#endif

/// The C++ interface. The page of rancognition.hpp says how errors, lifetime, threads and callbacks work.
namespace rancog {
#if RANCOG_HPP_EXCEPTIONS
inline namespace with_exceptions {
#else
inline namespace without_exceptions {
#endif

/// @defgroup cpp C++
/// The classes and functions of rancognition.hpp, which is where to begin. temporal, scheduler, memory, optimization, strange_loop,
/// cognitive, loader, module_ref and pool throw rancog::error; their twins in rancog::nothrow give rancog::result. Their functions are
/// those of basic_temporal and so on.
/// @{

// ------------------------------------------------------------------------------------------------------------------- errors

/// Name of a status: "RANCOG_E_INVALID_JSON"; "RANCOG_E_?" for a number that is none of this version's.
constexpr const char *status_name(std::int32_t status) noexcept
{
    switch (status) {
    case RANCOG_OK: return "RANCOG_OK";
    case RANCOG_E_INVALID_ARGUMENT: return "RANCOG_E_INVALID_ARGUMENT";
    case RANCOG_E_INVALID_HANDLE: return "RANCOG_E_INVALID_HANDLE";
    case RANCOG_E_INVALID_JSON: return "RANCOG_E_INVALID_JSON";
    case RANCOG_E_BUSY: return "RANCOG_E_BUSY";
    case RANCOG_E_CANCELLED: return "RANCOG_E_CANCELLED";
    case RANCOG_E_NOT_FOUND: return "RANCOG_E_NOT_FOUND";
    case RANCOG_E_LIMIT: return "RANCOG_E_LIMIT";
    case RANCOG_E_OUT_OF_MEMORY: return "RANCOG_E_OUT_OF_MEMORY";
    case RANCOG_E_FORKED: return "RANCOG_E_FORKED";
    case RANCOG_E_INTERNAL: return "RANCOG_E_INTERNAL";
    case RANCOG_E_STORAGE: return "RANCOG_E_STORAGE";
    default: return "RANCOG_E_?";
    }
}

/// Why a call failed; thrown, or held by a result. what() is the library's message: argument, place, reason.
class error : public std::runtime_error {
public:
    /// For errors of the program's own, given or thrown as the library's are.
    error(std::int32_t status, const std::string &message, std::exception_ptr cause = nullptr)
        : std::runtime_error(message), status_(status), cause_(std::move(cause))
    {
    }

    /// One of the negative RANCOG_E_ codes; RANCOG_E_CANCELLED when a callback threw.
    std::int32_t status() const noexcept { return status_; }

    /// The status by its name, "RANCOG_E_INVALID_JSON".
    const char *name() const noexcept { return status_name(status_); }

    /// The exception that left a callback during the call; null when none did.
    const std::exception_ptr &cause() const noexcept { return cause_; }

private:
    std::int32_t status_;
    std::exception_ptr cause_;
};

/// What an error with RANCOG_E_STORAGE is thrown as: a device is full or fails, or the shared database cannot be reached.
class storage_error : public error {
public:
    /// The same error.
    explicit storage_error(const error &of) : error(of) {}
};

namespace detail {

/// Throws the error, or what left a callback; without exceptions prints the message and ends the process.
[[noreturn]] inline void raise(const error &reason)
{
#if RANCOG_HPP_EXCEPTIONS
    if (reason.cause()) {
        std::rethrow_exception(reason.cause());
    }
    if (reason.status() == RANCOG_E_STORAGE) {
        throw storage_error(reason);
    }
    throw reason;
#else
    std::fprintf(stderr, "rancog: %s: %s\n", reason.name(), reason.what());
    std::abort();
#endif
}

/// What failed in the last call of this thread.
inline error last_error(std::int32_t status) { return error(status, rancog_last_error_message()); }

} // namespace detail

/// The value of a call, or why there is none. As std::expected of C++23, for C++17; but value(), * and -> are all checked.
template <class T>
class [[nodiscard]] result {
public:
    result(T value) : content_(std::in_place_index<0>, std::move(value)) {}               ///< A success.
    result(rancog::error reason) : content_(std::in_place_index<1>, std::move(reason)) {} ///< A failure.

    bool has_value() const noexcept { return content_.index() == 0; } ///< Whether the call succeeded.
    explicit operator bool() const noexcept { return has_value(); }   ///< As has_value().

    /// The value. When there is none, the error is thrown (what left a callback, if something did); without exceptions the
    /// process ends with the message.
    /// @{
    T &value() & { return held(*this); }
    const T &value() const & { return held(*this); }
    T &&value() && { return std::move(held(*this)); }
    /// @}

    /// As value().
    /// @{
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T &&operator*() && { return std::move(*this).value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }
    /// @}

    /// The value, or this one when there is none.
    T value_or(T otherwise) &&
    {
        T *const value = std::get_if<0>(&content_);
        return value ? std::move(*value) : std::move(otherwise);
    }

    /// Why there is no value; only to be asked then: a value makes it end the process.
    const rancog::error &error() const noexcept
    {
        const rancog::error *const reason = std::get_if<1>(&content_);
        if (!reason) {
            std::terminate();
        }
        return *reason;
    }

private:
    template <class Self>
    static auto &held(Self &self)
    {
        auto *const value = std::get_if<0>(&self.content_);
        if (!value) {
            detail::raise(self.error());
        }
        return *value;
    }

    std::variant<T, rancog::error> content_;
};

/// The outcome of a call that computes nothing: success, or why not.
template <>
class [[nodiscard]] result<void> {
public:
    result() = default;                                          ///< A success.
    result(rancog::error reason) : reason_(std::move(reason)) {} ///< A failure.

    bool has_value() const noexcept { return !reason_; }            ///< Whether the call succeeded.
    explicit operator bool() const noexcept { return has_value(); } ///< As has_value().

    /// Does nothing on success; else as result::value().
    void value() const
    {
        if (reason_) {
            detail::raise(*reason_);
        }
    }

    /// Why it failed; only to be asked then: success makes it end the process.
    const rancog::error &error() const noexcept
    {
        if (!reason_) {
            std::terminate();
        }
        return *reason_;
    }

private:
    std::optional<rancog::error> reason_;
};

/// Errors as values: functions give result<T>.
struct returning {
    /// What a function gives that computes a T.
    template <class T>
    using outcome = result<T>;

    /// Hands on what a call gave.
    template <class T>
    static result<T> give(result<T> &&of) { return std::move(of); }
};

#if RANCOG_HPP_EXCEPTIONS
/// Errors as exceptions: functions give T, or throw error.
struct throwing {
    /// What a function gives that computes a T.
    template <class T>
    using outcome = T;

    /// The value of what a call gave; throws when there is none.
    template <class T>
    static T give(result<T> &&of) { return std::move(of).value(); }
};
#endif

// ------------------------------------------------------------------------------------------------------ inputs and outputs

/// Some elements of the caller's, one after the other; owns nothing. Made from a pointer and a length, an array, or any
/// container with data() and size(): std::vector, std::array, std::span; for constant elements also from {1, 2, 3}.
template <class T>
class span {
    template <class From>
    static constexpr bool fits = std::is_convertible_v<From (*)[], T (*)[]>; // may add const, and nothing else

    // A container that dies with the statement may be read from, and written to only when it is a view itself.
    template <class C>
    using seen = std::conditional_t<std::is_lvalue_reference_v<C> || std::is_const_v<T>, std::remove_reference_t<C>, const C>;

    template <class C>
    using element = std::remove_pointer_t<decltype(std::declval<seen<C> &>().data())>;

public:
    constexpr span() noexcept = default; ///< No elements.

    /// @p size elements from @p data on.
    constexpr span(T *data, std::size_t size) noexcept : data_(data), size_(size) {}

    /// All elements of an array.
    template <std::size_t N>
    constexpr span(T (&array)[N]) noexcept : data_(array), size_(N) {}

    /// All elements of a container, which must live and keep its size as long as the span is used.
    template <class C, std::enable_if_t<!std::is_same_v<std::decay_t<C>, span> && fits<element<C>>, int> = 0>
    constexpr span(C &&container) noexcept : data_(container.data()), size_(container.size())
    {
    }

    /// {1, 2, 3}: as an argument of a call; the elements are gone after the statement.
    template <class E = T, std::enable_if_t<std::is_const_v<E>, int> = 0>
    constexpr span(const std::initializer_list<std::remove_const_t<E>> &elements) noexcept : data_(std::data(elements)), size_(elements.size())
    {
    }

    constexpr T *data() const noexcept { return data_; }                       ///< The first element; may be null when there is none.
    constexpr std::size_t size() const noexcept { return size_; }              ///< How many elements, not bytes.
    constexpr bool empty() const noexcept { return size_ == 0; }               ///< Whether there are no elements.
    constexpr T *begin() const noexcept { return data_; }                      ///< For range-based for.
    constexpr T *end() const noexcept { return data_ + size_; }                ///< For range-based for.
    constexpr T &operator[](std::size_t i) const noexcept { return data_[i]; } ///< Not checked: @p i must be less than size().

private:
    T *data_ = nullptr;
    std::size_t size_ = 0;
};

namespace detail {

/// A number of nanoseconds that may have been given as something that is none (negative, too large).
class nanoseconds {
public:
    template <class I, std::enable_if_t<std::is_integral_v<I> && !std::is_same_v<I, bool>, int> = 0>
    constexpr nanoseconds(I count) noexcept : count_(static_cast<std::uint64_t>(count))
    {
        if constexpr (std::is_signed_v<I>) {
            valid_ = count >= 0;
        }
    }

    template <class Rep, class Period>
    constexpr nanoseconds(std::chrono::duration<Rep, Period> length) noexcept
    {
        const long double count = std::chrono::duration<long double, std::nano>(length).count();
        valid_ = count >= 0 && count < 18446744073709551615.5L;
        if (!valid_) {
            return;
        }
        if constexpr (std::is_integral_v<Rep>) {
            using per = std::ratio_divide<Period, std::nano>; // in two parts: the product may be 2^64 where the quotient is not
            using wide = std::common_type_t<Rep, std::uint64_t>;
            const auto ticks = static_cast<wide>(length.count());
            count_ = static_cast<std::uint64_t>(ticks / per::den * per::num + ticks % per::den * per::num / per::den);
        } else { // to the nearest: 0.57 s is 570 ms, though the number is a little less
            count_ = static_cast<std::uint64_t>(count);
            if (count - static_cast<long double>(count_) >= 0.5L) {
                count_++;
            }
        }
    }

    constexpr std::uint64_t count() const noexcept { return count_; }
    constexpr bool valid() const noexcept { return valid_; }

private:
    std::uint64_t count_ = 0;
    bool valid_ = true;
};

} // namespace detail

/// A length of time: nanoseconds as a whole number, or a duration of std::chrono (of floating point: the nearest nanosecond). A
/// negative one, and one of 2^64 ns and more, is refused by the call that it is given to (RANCOG_E_INVALID_ARGUMENT).
class duration : public detail::nanoseconds {
public:
    using detail::nanoseconds::nanoseconds;
};

/// A point in time: nanoseconds as a whole number (since the Unix epoch, or of virtual time), a duration since then, or a
/// time_point of std::chrono::system_clock. Refused as a duration is.
class instant : public detail::nanoseconds {
public:
    using detail::nanoseconds::nanoseconds;

    /// Of the system's clock.
    template <class Duration>
    constexpr instant(std::chrono::time_point<std::chrono::system_clock, Duration> time) noexcept : detail::nanoseconds(time.time_since_epoch())
    {
    }
};

/// 2^64-1: no task is due (scheduler::get_next_execution_time), no end in time (scheduler::run).
inline constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

/// A recurring task has no last execution.
inline constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

/// All that are due.
inline constexpr std::size_t all = std::numeric_limits<std::size_t>::max();

/// A result of the library (JSON; HTML of a report), read in place without a copy. Turns into std::string_view, which lives as
/// long as the buffer, and into std::string, which is a copy. Moved, not copied.
class buffer {
public:
    buffer() noexcept = default; ///< An empty one.

    /// Takes a result buffer of a C function.
    explicit buffer(std::uint8_t *taken) noexcept : bytes_(taken) {}

    std::string_view view() const noexcept { return {c_str(), size()}; } ///< The text, borrowed from the buffer.
    std::string str() const { return std::string(view()); }              ///< A copy of the text.
    operator std::string_view() const noexcept { return view(); }        ///< As view().
    operator std::string() const { return str(); }                       ///< As str().

    /// The text, NUL-terminated; "" when there is none.
    const char *c_str() const noexcept { return bytes_ ? reinterpret_cast<const char *>(bytes_.get()) + prefix : ""; }
    const char *data() const noexcept { return c_str(); } ///< As c_str().

    /// Its length in bytes.
    std::size_t size() const noexcept
    {
        const std::uint8_t *const b = bytes_.get();
        return b ? std::size_t{b[0]} | std::size_t{b[1]} << 8 | std::size_t{b[2]} << 16 | std::size_t{b[3]} << 24 : 0;
    }
    bool empty() const noexcept { return size() == 0; } ///< Whether there is no text, as after close() and release().

    /// Frees it now.
    void close() noexcept { bytes_.reset(); }

    /// Gives it to the caller, who calls rancog_buffer_free.
    std::uint8_t *release() noexcept { return bytes_.release(); }

private:
    static constexpr std::size_t prefix = 4; // the length, little-endian

    struct free {
        void operator()(std::uint8_t *bytes) const noexcept { rancog_buffer_free(bytes); }
    };
    std::unique_ptr<std::uint8_t, free> bytes_;
};

/// Writes the text as it is.
inline std::ostream &operator<<(std::ostream &out, const buffer &text) { return out << text.view(); }

/// A forecast, step by step: element 0 is one step after the last value that was given. All are of one length, in the unit of
/// the values.
struct forecast_result {
    std::vector<double> mean;  ///< expected values
    std::vector<double> lower; ///< lower ends of the intervals
    std::vector<double> upper; ///< upper ends
};

// ---------------------------------------------------------------------------------------------------------------- callbacks

/// What the program lends to a core; what is left empty, the library has itself. Each function runs on the thread that makes
/// the call. now_ns of every core but temporal, and of a loader, is asked by every thread that makes calls.
struct host {
    std::function<std::uint64_t()> now_ns;                       ///< ns since the Unix epoch, never going back
    std::function<void(std::uint64_t)> sleep_ns;                 ///< sleeps for about that many ns
    std::function<void(std::int32_t, std::string_view)> log;     ///< level (0 debug, 1 info, 2 warning, 3 error) and message
    std::function<std::uint64_t()> random_u64;                   ///< 64 random bits, for problems without a seed
    std::function<bool(double, std::string_view)> progress;      ///< share done (0..1) and stage; false cancels: RANCOG_E_CANCELLED
};

namespace detail {
struct frame;
}

/// Ends scheduler::run from another thread, a handler or a signal handler. One flag may serve several schedulers; it must
/// outlive the calls that were given it.
class stop_flag {
public:
    stop_flag() = default; ///< Not raised.
    stop_flag(const stop_flag &) = delete;
    stop_flag &operator=(const stop_flag &) = delete;

    /// Ends the runs between two tasks, and a wait within 5 ms. Safe in signal handlers.
    void request_stop() noexcept { value_.fetch_or(requested); }

    /// Whether request_stop() was called since the last reset().
    bool stop_requested() const noexcept { return (value_.load() & requested) != 0; }

    /// Makes it ready for the next run.
    void reset() noexcept { value_.fetch_and(~requested); }

    /// For rancog_scheduler_run.
    const std::int32_t *raw() const noexcept
    {
        static_assert(std::atomic<std::int32_t>::is_always_lock_free && sizeof(std::atomic<std::int32_t>) == sizeof(std::int32_t));
        return reinterpret_cast<const std::int32_t *>(&value_);
    }

private:
    friend struct detail::frame;
    template <class>
    friend class basic_scheduler;

    // Bit 0: the caller asked for it. Above: how many runs are ending because a handler of theirs threw. Runs that are ended by
    // another one's alarm begin again.
    static constexpr std::int32_t requested = 1;
    static constexpr std::int32_t alarm = 2;

    void raise() noexcept
    {
        value_.fetch_add(alarm);
        alarms_.fetch_add(1); // before lower(): whoever saw the alarm and sees it no more sees that it was
    }
    void lower() noexcept { value_.fetch_sub(alarm); }
    bool alarmed() const noexcept { return (value_.load() & ~requested) != 0; }

    std::atomic<std::int32_t> value_{0};
    std::atomic<std::uint32_t> alarms_{0}; // raised so far
};

namespace detail {

inline const std::uint8_t *bytes(std::string_view text) noexcept { return reinterpret_cast<const std::uint8_t *>(text.data()); }

/// For texts that may be left out: the empty one is NULL.
inline const std::uint8_t *optional_bytes(std::string_view text) noexcept { return text.empty() ? nullptr : bytes(text); }

inline std::string_view text(const std::uint8_t *data, std::size_t length) noexcept
{
    return data ? std::string_view(reinterpret_cast<const char *>(data), length) : std::string_view();
}

/// How a handler replies: a plug-in, which need not be linked with the library, is lent the function.
struct reply_functions {
    std::int32_t (*write)(rancog_reply *, const std::uint8_t *, std::size_t);
    const char *(*message)(); // null in a plug-in
};

/// One task as its handler is given it, whatever its way of telling errors.
struct task_call {
    std::uint64_t id;
    std::uint64_t payload;
    std::string_view data;
    rancog_reply *reply;
    reply_functions replies;

    std::int32_t write(std::string_view said) const { return replies.write(reply, bytes(said), said.size()); }
};

using task_function = std::function<std::int32_t(const task_call &)>;
class callbacks;

/// A call of this thread that may call back: where an exception of a callback waits for the call to return.
struct frame {
    frame(callbacks *of, stop_flag *ends) noexcept;
    frame(const frame &) = delete;
    frame &operator=(const frame &) = delete;
    ~frame();

    void keep(std::exception_ptr exception) noexcept
    {
        if (!thrown) {
            thrown = std::move(exception);
            if (stop) {
                stop->raise();
            }
        }
    }

    callbacks *owner; // null: the call cannot call back
    stop_flag *stop;  // null: the call is not a run
    frame *outer = nullptr;
    std::exception_ptr thrown;
};

/// A handler's place: the library holds its address, so it stays as long as the scheduler, while the function in it may change.
class handler_slot {
public:
    handler_slot(callbacks &owner, const reply_functions &replies) noexcept : owner_(owner), replies_(replies) {}

    std::shared_ptr<const task_function> exchange(std::shared_ptr<const task_function> function)
    {
        const std::lock_guard<std::mutex> hold(lock_);
        function_.swap(function);
        return function;
    }

    static std::int32_t run(std::uint64_t id, std::uint64_t payload, const std::uint8_t *data, std::size_t length, rancog_reply *reply, void *slot);

private:
    std::shared_ptr<const task_function> function() const
    {
        const std::lock_guard<std::mutex> hold(lock_);
        return function_;
    }

    callbacks &owner_;
    const reply_functions replies_;
    mutable std::mutex lock_;
    std::shared_ptr<const task_function> function_; // the task that runs has its own share of it
};

/// The callbacks of one handle, or of a loader and all that it lends. Never moves: the library holds its address.
class callbacks {
public:
    explicit callbacks(host functions) : functions_(std::move(functions)), top_(&top_here) {}
    callbacks(const callbacks &) = delete;
    callbacks &operator=(const callbacks &) = delete;

    bool has_host() const noexcept
    {
        return functions_.now_ns || functions_.sleep_ns || functions_.log || functions_.random_u64 || functions_.progress;
    }

    /// The table for the library. Progress is always in it, so that an exception of another callback can end the call.
    rancog_host table() noexcept
    {
        rancog_host lent{};
        lent.struct_size = sizeof lent;
        lent.now_ns = functions_.now_ns ? &now_ns : nullptr;
        lent.sleep_ns = functions_.sleep_ns ? &sleep_ns : nullptr;
        lent.log = functions_.log ? &log : nullptr;
        lent.random_u64 = functions_.random_u64 ? &random_u64 : nullptr;
        lent.progress = &progress;
        lent.user_data = this;
        return lent;
    }

    /// The innermost call of this thread, of those made on handles from the file (shared object) that made this one.
    frame *&top() noexcept { return top_(); }

    /// Whether a callback of the innermost call of this thread has let an exception out: that call is to end.
    bool has_thrown() noexcept
    {
        const frame *const call = innermost();
        return call && call->thrown;
    }

    /// Runs a callback's function. What leaves it is kept for the call, and 'otherwise' is given to the library.
    template <class Value, class Function>
    Value guard(Value otherwise, Function function) noexcept
    {
#if RANCOG_HPP_EXCEPTIONS
        try {
            return function();
        } catch (...) {
            if (frame *const call = innermost()) {
                call->keep(std::current_exception());
            }
            return otherwise;
        }
#else
        static_cast<void>(otherwise);
        return function();
#endif
    }

    /// Registers by the given C function; gives what that gives.
    template <class Register>
    std::uint32_t add_handler(std::string_view name, std::shared_ptr<const task_function> function, const reply_functions &replies, Register enter)
    {
        std::shared_ptr<handler_slot> slot = find(name);
        const bool known = slot != nullptr;
        if (!known) {
            slot = std::make_shared<handler_slot>(*this, replies);
        }
        std::shared_ptr<const task_function> before = slot->exchange(std::move(function));
        const std::uint32_t number = enter(&handler_slot::run, slot.get());
        if (number == 0) {
            slot->exchange(std::move(before));
        } else if (!known) {
            const std::lock_guard<std::mutex> hold(lock_);
            handlers_.emplace(name, std::move(slot)); // beside one that another thread entered meanwhile: the library may use either
        }
        return number;
    }

    /// Lets go of all handlers' functions; the task that runs keeps its own.
    void clear_handlers()
    {
        std::vector<std::shared_ptr<const task_function>> functions; // what they hold may call back, so not under the lock
        const std::lock_guard<std::mutex> hold(lock_);
        for (auto &handler : handlers_) {
            functions.push_back(handler.second->exchange(nullptr));
        }
    }

private:
    friend class handler_slot;

    static frame *&top_here() noexcept
    {
        static thread_local frame *innermost = nullptr;
        return innermost;
    }

    frame *innermost() noexcept
    {
        frame *call = top();
        while (call && call->owner != this) {
            call = call->outer;
        }
        return call;
    }

    std::shared_ptr<handler_slot> find(std::string_view name)
    {
        const std::lock_guard<std::mutex> hold(lock_);
        const auto at = handlers_.find(name);
        return at == handlers_.end() ? nullptr : at->second;
    }

    static callbacks &of(void *user_data) noexcept { return *static_cast<callbacks *>(user_data); }

    static std::uint64_t now_ns(void *user_data)
    {
        callbacks &self = of(user_data);
        const std::uint64_t now = self.guard(self.last_now_.load(std::memory_order_relaxed), [&] { return self.functions_.now_ns(); });
        self.last_now_.store(now, std::memory_order_relaxed);
        return now;
    }

    static void sleep_ns(std::uint64_t ns, void *user_data)
    {
        callbacks &self = of(user_data);
        self.guard(0, [&] { return self.functions_.sleep_ns(ns), 0; });
    }

    static void log(std::int32_t level, const std::uint8_t *message, std::size_t length, void *user_data)
    {
        callbacks &self = of(user_data);
        self.guard(0, [&] { return self.functions_.log(level, text(message, length)), 0; });
    }

    static std::uint64_t random_u64(void *user_data)
    {
        callbacks &self = of(user_data);
        return self.guard(std::uint64_t{0}, [&] { return self.functions_.random_u64(); });
    }

    static std::int32_t progress(double fraction, const char *stage, void *user_data)
    {
        callbacks &self = of(user_data);
        if (self.has_thrown()) {
            return 1;
        }
        return self.functions_.progress ? self.guard(std::int32_t{1}, [&] { return std::int32_t{!self.functions_.progress(fraction, stage)}; }) : 0;
    }

    const host functions_;
    frame *&(*const top_)();
    std::atomic<std::uint64_t> last_now_{0}; // what the clock says when its function throws
    std::mutex lock_;                        // of handlers_
    std::multimap<std::string, std::shared_ptr<handler_slot>, std::less<>> handlers_;
};

inline frame::frame(callbacks *of, stop_flag *ends) noexcept : owner(of), stop(ends)
{
    if (owner) {
        outer = owner->top();
        owner->top() = this;
    }
}

inline frame::~frame()
{
    if (owner) {
        owner->top() = outer;
    }
    if (stop && thrown) {
        stop->lower();
    }
}

inline std::int32_t handler_slot::run(std::uint64_t id, std::uint64_t payload, const std::uint8_t *data, std::size_t length, rancog_reply *reply, void *slot)
{
    const handler_slot &self = *static_cast<const handler_slot *>(slot);
    const std::shared_ptr<const task_function> function = self.function();
    if (!function) {
        return RANCOG_E_NOT_FOUND; // closed while the library was about to call
    }
    const task_call call{id, payload, text(data, length), reply, self.replies_};
    return self.owner_.guard(std::int32_t{RANCOG_E_INTERNAL}, [&] {
#if RANCOG_HPP_EXCEPTIONS
        try {
            return (*function)(call);
        } catch (const std::exception &reason) { // its text is the task's error
            call.write(reason.what());
            throw;
        }
#else
        return (*function)(call);
#endif
    });
}

/// What the machinery knows of a kind of handle. always_lends: the library is given a table of callbacks even when the program lends
/// nothing, so that an exception of an evaluator can end the call by progress.
template <class Raw>
struct traits;

template <>
struct traits<rancog_temporal> {
    static constexpr const char *name = "temporal";
    static constexpr auto destroy = &rancog_temporal_destroy;
    static constexpr bool always_lends = false;
};
template <>
struct traits<rancog_scheduler> {
    static constexpr const char *name = "scheduler";
    static constexpr auto destroy = &rancog_scheduler_destroy;
    static constexpr bool always_lends = false;
};
template <>
struct traits<rancog_memory> {
    static constexpr const char *name = "memory";
    static constexpr auto destroy = &rancog_memory_destroy;
    static constexpr bool always_lends = false;
};
template <>
struct traits<rancog_optimization> {
    static constexpr const char *name = "optimization";
    static constexpr auto destroy = &rancog_optimization_destroy;
    static constexpr bool always_lends = true;
};
template <>
struct traits<rancog_strange_loop> {
    static constexpr const char *name = "strange loop";
    static constexpr auto destroy = &rancog_strange_loop_destroy;
    static constexpr bool always_lends = false; // an evaluator that failed ends the call
};
template <>
struct traits<rancog_cognitive> {
    static constexpr const char *name = "cognitive core";
    static constexpr auto destroy = &rancog_cognitive_destroy;
    static constexpr bool always_lends = true;
};
template <>
struct traits<rancog_loader> {
    static constexpr const char *name = "loader";
    static constexpr auto destroy = &rancog_loader_destroy;
    static constexpr bool always_lends = true;
};
template <>
struct traits<rancog_pool> {
    static constexpr const char *name = "pool";
    static constexpr auto destroy = &rancog_pool_destroy;
    static constexpr bool always_lends = false;
};
template <>
struct traits<rancog_module> {
    static constexpr const char *name = "module";
};

/// Function results as result<> holds them: a status is nothing, bytes are a buffer.
template <class Value>
struct held_as {
    using type = Value;
};
template <>
struct held_as<std::int32_t> {
    using type = void;
};
template <>
struct held_as<std::uint8_t *> {
    using type = buffer;
};

/// Makes one call of the library and takes its value or its error.
template <class Function>
auto make_call(frame &here, Function function)
{
    using value_type = decltype(function());
    using held_type = typename held_as<value_type>::type;
    using answer = result<held_type>;
    const auto failed = [&here](std::int32_t status) {
        if (!here.thrown) {
            return last_error(status);
        }
        return error(RANCOG_E_CANCELLED, "a callback threw an exception", here.thrown);
    };
    if constexpr (std::is_same_v<value_type, std::int32_t>) {
        const std::int32_t status = function();
        return status != RANCOG_OK || here.thrown ? answer(failed(status)) : answer();
    } else {
        held_type value{function()};
        const std::int32_t status = rancog_last_status();
        return status != RANCOG_OK || here.thrown ? answer(failed(status)) : answer(std::move(value));
    }
}

/// A success that computed something into variables of ours.
template <class Value>
result<Value> with_value(const result<void> &done, Value &&value)
{
    return done ? result<Value>(std::move(value)) : result<Value>(done.error());
}

template <class Raw>
struct handle_state {
    std::atomic<Raw *> raw;                // null once it is closed
    const std::shared_ptr<callbacks> lent; // null: nothing can call back
    const bool owned;                      // false: borrowed
};

} // namespace detail

/// What all handles have in common: they are moved, closed and tested, and looked at with either way of telling errors.
template <template <class> class Handle, class Errors, class Raw>
class basic_handle {
public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename Errors::template outcome<T>;

    basic_handle(basic_handle &&other) noexcept = default; ///< The other one is empty afterwards: its calls give RANCOG_E_INVALID_HANDLE.

    /// Closes what was here.
    basic_handle &operator=(basic_handle &&other) noexcept
    {
        basic_handle taken(std::move(other));
        state_.swap(taken.state_); // what was here is closed with 'taken'
        return *this;
    }

    /// As close(), but an error is not told.
    ~basic_handle() { static_cast<void>(close_now()); }

    /// Whether it is neither closed nor moved from. (It may be stale all the same: what a loader lent and has unloaded.)
    bool is_open() const noexcept { return raw() != nullptr; }
    explicit operator bool() const noexcept { return is_open(); } ///< As is_open().

    /// For functions of rancognition.h; still owned by this object. NULL when it is closed or moved from.
    Raw *raw() const noexcept { return state_ ? state_->raw.load(std::memory_order_acquire) : nullptr; }

    /// Releases it now; once is enough. Something borrowed is only let go of. Any thread, also while others use it and from
    /// handlers. RANCOG_E_BUSY of a loader leaves it open.
    outcome<void> close() { return give(close_now()); }

#if RANCOG_HPP_EXCEPTIONS
    /// The same handle, borrowed, with errors as exceptions.
    Handle<throwing> as_throwing() const { return borrow<throwing>(); }
#endif

    /// The same handle, borrowed, with errors as values.
    Handle<returning> as_nothrow() const { return borrow<returning>(); }

    /// @cond machinery
    using state = detail::handle_state<Raw>;

    explicit basic_handle(std::shared_ptr<state> of) noexcept : state_(std::move(of)) {}

protected:
    template <class T>
    static outcome<T> give(result<T> &&of) { return Errors::give(std::move(of)); }

    template <class T>
    static outcome<T> refuse(std::string message) { return give(result<T>(error(RANCOG_E_INVALID_ARGUMENT, message))); }

    static std::string negative(const char *name) { return std::string(name) + ": is negative, or 2^64 ns and more"; }
    static std::string sizes_differ(const char *name, std::size_t has, const char *other, std::size_t needs)
    {
        return std::string(name) + ": has " + std::to_string(has) + " elements, " + other + " has " + std::to_string(needs);
    }

    /// Creates a handle with the callbacks that it needs. 'make' calls the C function with a table, or NULL.
    template <class Make>
    static outcome<Handle<Errors>> create(host functions, bool has_handlers, Make make)
    {
        auto lent = std::make_shared<detail::callbacks>(std::move(functions));
        const bool has_host = lent->has_host();
        rancog_host table = lent->table();
        detail::frame here(has_host ? lent.get() : nullptr, nullptr);
        Raw *made = nullptr;
        const auto done = detail::make_call(here, [&] { return made = make(has_host || detail::traits<Raw>::always_lends ? &table : nullptr); });
        if (!done) {
            detail::traits<Raw>::destroy(made); // made, but a callback threw
            return give(result<Handle<Errors>>(done.error()));
        }
        if (!has_host && !has_handlers) {
            lent.reset();
        }
        return give(result<Handle<Errors>>(Handle<Errors>(std::shared_ptr<state>(new state{{made}, std::move(lent), true}))));
    }

    /// What can be done in a call: nothing that calls back unless there is a host, or run handlers.
    enum class may { call_host, run_handlers };

    template <class Function>
    auto call(Function function, may what = may::call_host, stop_flag *stop = nullptr) const
    {
        std::shared_ptr<detail::callbacks> lent; // kept until the call has returned, whoever closes this object meanwhile
        if (state_ && state_->lent && (what == may::run_handlers || state_->lent->has_host())) {
            lent = state_->lent;
        }
        detail::frame here(lent.get(), stop);
        Raw *const self = raw();
        auto answer = detail::make_call(here, [&] { return function(self); });
        if (!answer && !self && answer.error().status() == RANCOG_E_INVALID_HANDLE) {
            answer = error(RANCOG_E_INVALID_HANDLE, std::string("self: the ") + detail::traits<Raw>::name + " is closed or was moved from");
        }
        return answer;
    }

    /// A handle that the library lent through this one.
    template <class Target, class Lent>
    result<Target> lend(const result<Lent *> &lent) const
    {
        using lent_state = detail::handle_state<Lent>;
        return lent ? result<Target>(Target(std::shared_ptr<lent_state>(new lent_state{{*lent}, state_->lent, false}))) : result<Target>(lent.error());
    }

    detail::callbacks *callbacks_here() const noexcept { return state_ ? state_->lent.get() : nullptr; }

    std::shared_ptr<state> state_; // never changes but by moves, so that threads may share the object
    /// @endcond

private:
    template <class Other>
    Handle<Other> borrow() const
    {
        return Handle<Other>(state_ ? std::shared_ptr<state>(new state{{raw()}, state_->lent, false}) : std::shared_ptr<state>());
    }

    result<void> close_now()
    {
        if (!is_open()) {
            return {};
        }
        result<void> done;
        if constexpr (!std::is_same_v<Raw, rancog_module>) { // those are never owned
            if (state_->owned) {
                const std::shared_ptr<state> kept = state_; // letting go of handlers may destroy this object
                done = call([](Raw *self) {
                    detail::traits<Raw>::destroy(self);
                    return rancog_last_status();
                });
                if (!done && done.error().status() == RANCOG_E_BUSY) {
                    return done;
                }
                if (!done && done.error().status() == RANCOG_E_INVALID_HANDLE) {
                    done = result<void>(); // another thread was first
                }
                kept->raw.store(nullptr, std::memory_order_release);
                if (kept->lent) {
                    kept->lent->clear_handlers();
                }
                return done;
            }
        }
        state_->raw.store(nullptr, std::memory_order_release);
        return done;
    }
};

// ----------------------------------------------------------------------------------------------------------- temporal core

/// A temporal reasoning core (temporal, nothrow::temporal): history in; patterns, forecasts with intervals, verdicts and
/// insights out. Values that are missing are NaN.
template <class Errors>
class basic_temporal : public basic_handle<basic_temporal, Errors, rancog_temporal> {
    using base = typename basic_temporal::basic_handle;
    using base::base, base::call, base::give, base::negative, base::sizes_differ;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_temporal_create: futures that are simulated, points of an expanded timeline, what the program lends.
    static outcome<basic_temporal> create(std::uint64_t expansion_factor = 200, std::uint64_t temporal_resolution = 48, host lent = {})
    {
        return base::create(std::move(lent), false, [&](const rancog_host *table) {
            return rancog_temporal_create(expansion_factor, temporal_resolution, table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::temporal, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_temporal(std::uint64_t expansion_factor = 200, std::uint64_t temporal_resolution = 48, host lent = {})
        : basic_temporal(create(expansion_factor, temporal_resolution, std::move(lent)))
    {
    }
#endif

    /// rancog_temporal_expand_subjective_time: a problem and, if need be, an array of constraints (JSON) to an analysis (JSON).
    outcome<buffer> expand_subjective_time(std::string_view problem, std::string_view constraints = {}) const
    {
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_expand_subjective_time(
                self, detail::bytes(problem), problem.size(), detail::optional_bytes(constraints), constraints.size());
        }));
    }

    /// rancog_temporal_parallel_temporal_analysis: an array of problems; 0 threads means one for each processor.
    outcome<buffer> parallel_temporal_analysis(std::string_view problems, std::size_t thread_count = 0) const
    {
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_parallel_temporal_analysis(self, detail::bytes(problems), problems.size(), thread_count);
        }));
    }

    /// rancog_temporal_set_consciousness_level: share of models and scenarios that is used, 0..1.
    outcome<void> set_consciousness_level(double level) const
    {
        return give(call([&](rancog_temporal *self) { return rancog_temporal_set_consciousness_level(self, level); }));
    }

    /// rancog_temporal_get_performance_metrics: what the calls on this core cost so far (JSON).
    outcome<buffer> get_performance_metrics() const { return give(call(&rancog_temporal_get_performance_metrics)); }

    /// rancog_temporal_analyze_temporal_patterns: a timeline to an array of patterns (JSON).
    outcome<buffer> analyze_temporal_patterns(std::string_view timeline) const
    {
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_analyze_temporal_patterns(self, detail::bytes(timeline), timeline.size());
        }));
    }

    /// rancog_temporal_predict_future_states: a timeline to an array of predictions (JSON); the horizon is at least 1 ns.
    outcome<buffer> predict_future_states(std::string_view timeline, duration horizon) const
    {
        if (!horizon.valid()) {
            return base::template refuse<buffer>(negative("horizon_ns"));
        }
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_predict_future_states(self, detail::bytes(timeline), timeline.size(), horizon.count());
        }));
    }

    /// rancog_temporal_optimize_temporal_expansion: how many futures a timeline needs (JSON).
    outcome<buffer> optimize_temporal_expansion(std::string_view timeline) const
    {
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_optimize_temporal_expansion(self, detail::bytes(timeline), timeline.size());
        }));
    }

    /// rancog_temporal_forecast: 'horizon' steps (1..100000) of a series on a regular grid, oldest value first; the intervals
    /// hold 'coverage' of the outcomes. A step of 0 is an unknown one.
    outcome<forecast_result> forecast(span<const double> values, duration step, std::size_t horizon, double coverage = 0.95) const
    {
        if (!step.valid()) {
            return base::template refuse<forecast_result>(negative("step_ns"));
        }
        // Room is made for a horizon that can be: one that cannot is refused by the library.
        const std::size_t room = std::min<std::size_t>(horizon, 100000);
        forecast_result next{std::vector<double>(room), std::vector<double>(room), std::vector<double>(room)};
        double nowhere = 0; // a horizon of 0 has no room, which is not the error
        const auto done = call([&](rancog_temporal *self) {
            return rancog_temporal_forecast(self, values.data(), values.size(), step.count(), horizon, coverage,
                                            room ? next.mean.data() : &nowhere, next.lower.data(), next.upper.data());
        });
        return give(detail::with_value(done, std::move(next)));
    }

    /// The same into the caller's room, without an allocation: as many steps as 'mean' has elements. 'lower' and 'upper' are as
    /// long, or empty when they are not wanted.
    outcome<void> forecast(span<const double> values, duration step, double coverage, span<double> mean, span<double> lower = {}, span<double> upper = {}) const
    {
        if (!step.valid()) {
            return base::template refuse<void>(negative("step_ns"));
        }
        if (!lower.empty() && lower.size() != mean.size()) {
            return base::template refuse<void>(sizes_differ("lower", lower.size(), "mean", mean.size()));
        }
        if (!upper.empty() && upper.size() != mean.size()) {
            return base::template refuse<void>(sizes_differ("upper", upper.size(), "mean", mean.size()));
        }
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_forecast(self, values.data(), values.size(), step.count(), mean.size(), coverage, mean.data(), lower.data(), upper.data());
        }));
    }

    /// rancog_temporal_observe: adds samples to the history that the core keeps; times in ns since the Unix epoch.
    outcome<void> observe(std::string_view network_id, std::string_view metric, span<const std::uint64_t> times, span<const double> values) const
    {
        if (times.size() != values.size()) {
            return base::template refuse<void>(sizes_differ("times", times.size(), "values", values.size()));
        }
        return give(call([&](rancog_temporal *self) {
            return rancog_temporal_observe(self, detail::bytes(network_id), network_id.size(), detail::bytes(metric), metric.size(), times.data(),
                                           values.data(), values.size());
        }));
    }

    /// The same for one sample.
    outcome<void> observe(std::string_view network_id, std::string_view metric, instant time, double value) const
    {
        if (!time.valid()) {
            return base::template refuse<void>(negative("times"));
        }
        const std::uint64_t at = time.count();
        return observe(network_id, metric, span<const std::uint64_t>(&at, 1), span<const double>(&value, 1));
    }

    /// rancog_temporal_score_anomalies: how unusual each value is, >= 0.
    outcome<std::vector<double>> score_anomalies(span<const double> values, duration step) const
    {
        std::vector<double> scores(values.size());
        const auto done = scored(values, step, scores);
        return give(detail::with_value(done, std::move(scores)));
    }

    /// The same into the caller's room, as long as the values.
    outcome<void> score_anomalies(span<const double> values, duration step, span<double> scores) const { return give(scored(values, step, scores)); }

    /// rancog_temporal_detect_anomalies: 1 where an anomaly is noticed, else 0.
    outcome<std::vector<std::uint8_t>> detect_anomalies(span<const double> values, duration step) const
    {
        std::vector<std::uint8_t> flags(values.size());
        const auto done = flagged(values, step, flags);
        return give(detail::with_value(done, std::move(flags)));
    }

    /// The same into the caller's room, as long as the values.
    outcome<void> detect_anomalies(span<const double> values, duration step, span<std::uint8_t> flags) const { return give(flagged(values, step, flags)); }

    /// rancog_temporal_detect_change_points: the first sample of each new segment, ascending.
    outcome<std::vector<std::size_t>> detect_change_points(span<const double> values, duration step) const
    {
        std::vector<std::size_t> indices(16);
        for (;;) {
            const result<std::size_t> found = changed(values, step, indices);
            if (!found) {
                return give(result<std::vector<std::size_t>>(found.error()));
            }
            const bool fits = *found <= indices.size();
            indices.resize(*found);
            if (fits) {
                return give(result<std::vector<std::size_t>>(std::move(indices)));
            }
        }
    }

    /// The same into the caller's room; gives how many there are, which may be more than were written.
    outcome<std::size_t> detect_change_points(span<const double> values, duration step, span<std::size_t> indices) const
    {
        return give(changed(values, step, indices));
    }

private:
    result<void> scored(span<const double> values, duration step, span<double> scores) const
    {
        if (result<void> fit = fits(values, step, "scores", scores.size()); !fit) {
            return fit;
        }
        return call([&](rancog_temporal *self) {
            return rancog_temporal_score_anomalies(self, values.data(), values.size(), step.count(), scores.data());
        });
    }

    result<void> flagged(span<const double> values, duration step, span<std::uint8_t> flags) const
    {
        if (result<void> fit = fits(values, step, "flags", flags.size()); !fit) {
            return fit;
        }
        return call([&](rancog_temporal *self) {
            return rancog_temporal_detect_anomalies(self, values.data(), values.size(), step.count(), flags.data());
        });
    }

    result<std::size_t> changed(span<const double> values, duration step, span<std::size_t> indices) const
    {
        if (!step.valid()) {
            return error(RANCOG_E_INVALID_ARGUMENT, negative("step_ns"));
        }
        std::size_t count = indices.size();
        const auto done = call([&](rancog_temporal *self) {
            return rancog_temporal_detect_change_points(self, values.data(), values.size(), step.count(), indices.data(), &count);
        });
        return detail::with_value(done, std::move(count));
    }

    static result<void> fits(span<const double> values, duration step, const char *name, std::size_t room)
    {
        if (!step.valid()) {
            return error(RANCOG_E_INVALID_ARGUMENT, negative("step_ns"));
        }
        if (room != values.size()) {
            return error(RANCOG_E_INVALID_ARGUMENT, sizes_differ(name, room, "values", values.size()));
        }
        return {};
    }
};

// ---------------------------------------------------------------------------------------------------------------- scheduler

/// The task that a handler is running (task, nothrow::task): good in that call of the handler, on its thread.
template <class Errors>
class basic_task {
public:
    /// @cond machinery
    explicit basic_task(const detail::task_call &of) noexcept : of_(of) {}
    /// @endcond

    std::uint64_t id() const noexcept { return of_.id; } ///< What scheduling it gave.

    /// The task's number; 0 when it has data.
    std::uint64_t payload() const noexcept { return of_.payload; }

    /// The task's bytes, borrowed for the call of the handler; empty when it has none.
    std::string_view data() const noexcept { return of_.data; }

    /// rancog_reply_write: adds to the reply (JSON, or other text), at most 16 MiB.
    typename Errors::template outcome<void> reply(std::string_view text) const
    {
        const std::int32_t status = of_.write(text);
        const auto message = of_.replies.message;
        return Errors::give(status == RANCOG_OK ? result<void>() : result<void>(error(status, message ? message() : "reply: was refused")));
    }

    /// For rancog_reply_write.
    rancog_reply *raw() const noexcept { return of_.reply; }

private:
    detail::task_call of_;
};

namespace detail {

/// A number that a program gave as a status. One that does not fit in is no success, whatever its lower half.
template <class Number>
constexpr std::int32_t as_status(Number given) noexcept
{
    const auto status = static_cast<std::int32_t>(given);
    return status == 0 && given != 0 ? std::int32_t{RANCOG_E_INTERNAL} : status;
}

/// Makes a handler of what the program gave: it may return nothing, a status, or a reply.
template <class Errors, class Function>
std::shared_ptr<const task_function> make_handler(Function function)
{
    using task = basic_task<Errors>;
    static_assert(std::is_invocable_v<Function &, const task &>, "a handler is called with one argument, (const rancog::task &)");
    using answer = std::invoke_result_t<Function &, const task &>;
    constexpr bool is_status = std::is_integral_v<answer> && !std::is_same_v<answer, bool>;
    static_assert(std::is_void_v<answer> || is_status || std::is_convertible_v<answer, std::string_view>,
                  "a handler returns nothing, a status (0 is success) or the reply as text");
    auto held = std::make_shared<Function>(std::move(function)); // it need not be one that can be copied
    return std::make_shared<const task_function>([held](const task_call &call) -> std::int32_t {
        const task given(call);
        if constexpr (std::is_void_v<answer>) {
            (*held)(given);
            return 0;
        } else if constexpr (is_status) {
            return as_status((*held)(given));
        } else {
            const answer said = (*held)(given);
            return call.write(said);
        }
    });
}

} // namespace detail

/// A task for schedule_batch: due once, at execute_time (ns), priority 0. Set the other fields as need be.
inline rancog_task batch_task(std::uint32_t handler, std::uint64_t execute_time, std::uint64_t payload = 0) noexcept
{
    rancog_task task{};
    task.struct_size = sizeof task;
    task.handler = handler;
    task.execute_time = execute_time;
    task.payload = payload;
    return task;
}

/// A scheduler (scheduler, nothrow::scheduler): tasks in exact order of due time, then priority, then arrival, on the thread that
/// executes them.
template <class Errors>
class basic_scheduler : public basic_handle<basic_scheduler, Errors, rancog_scheduler> {
    using base = typename basic_scheduler::basic_handle;
    using base::base, base::call, base::give, base::negative, base::sizes_differ;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_scheduler_create: options as JSON, {"mode":"virtual"}; what the program lends.
    static outcome<basic_scheduler> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), true, [&](const rancog_host *table) {
            return rancog_scheduler_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::scheduler, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_scheduler(std::string_view options = {}, host lent = {}) : basic_scheduler(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_scheduler_register_handler: runs tasks of type {"Custom":"name"}, and those of batches by the number given back.
    ///
    /// The handler is called with (const task &) on the thread that executes tasks, and returns nothing (success), a number (0
    /// is success) or the reply as text. It is kept until another takes its name, or the scheduler is closed (of a loader's
    /// scheduler: the loader). An exception makes the task fail with its what() as the error (after what was replied by then),
    /// ends scheduler::run before the next task, and is thrown by run or execute_.. when that returns; execute_.. runs what is
    /// due first.
    /// It may use this scheduler as rancognition.h says (rancog_task_handler), best through a reference or pointer to it; an
    /// object that holds the scheduler itself would be kept by the scheduler, until close().
    template <class Function>
    outcome<std::uint32_t> register_handler(std::string_view name, Function handler) const
    {
        const std::shared_ptr<detail::callbacks> lent = this->state_ ? this->state_->lent : nullptr;
        const auto function = detail::make_handler<Errors>(std::move(handler)); // lives until the status was read
        return give(call([&](rancog_scheduler *self) -> std::uint32_t {
            const auto enter = [&](rancog_task_handler entry, void *slot) {
                return rancog_scheduler_register_handler(self, detail::bytes(name), name.size(), entry, slot);
            };
            return lent ? lent->add_handler(name, function, {&rancog_reply_write, &rancog_last_error_message}, enter) : enter(&detail::handler_slot::run, nullptr);
        }));
    }

    /// rancog_scheduler_schedule_task: type and data as JSON ("TemporalAnalysis" in quotes; {"Custom":"name"}); gives the id.
    outcome<std::uint64_t> schedule_task(instant execute_time, std::uint8_t priority, std::string_view type, std::string_view data = {}) const
    {
        if (!execute_time.valid()) {
            return base::template refuse<std::uint64_t>(negative("execute_time"));
        }
        return give(call([&](rancog_scheduler *self) {
            return rancog_scheduler_schedule_task(
                self, execute_time.count(), priority, detail::bytes(type), type.size(), detail::optional_bytes(data), data.size());
        }));
    }

    /// rancog_scheduler_schedule_recurring_task: the i-th execution is due at now + i times the interval; gives the first id.
    outcome<std::uint64_t> schedule_recurring_task(
        duration interval, std::uint8_t priority, std::string_view type, std::string_view data = {}, std::uint32_t max_executions = unlimited) const
    {
        if (!interval.valid()) {
            return base::template refuse<std::uint64_t>(negative("interval"));
        }
        return give(call([&](rancog_scheduler *self) {
            return rancog_scheduler_schedule_recurring_task(
                self, interval.count(), priority, detail::bytes(type), type.size(), detail::optional_bytes(data), data.size(), max_executions);
        }));
    }

    /// rancog_scheduler_execute_ready_tasks: executes what is due now; gives its results (JSON).
    outcome<buffer> execute_ready_tasks(std::size_t max_tasks = all) const
    {
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_execute_ready_tasks(self, max_tasks); }, base::may::run_handlers));
    }

    /// rancog_scheduler_get_next_execution_time: ns; never when there is none.
    outcome<std::uint64_t> get_next_execution_time() const { return give(call(&rancog_scheduler_get_next_execution_time)); }

    /// rancog_scheduler_get_queue_status: what is pending, what was done, and how late (JSON).
    outcome<buffer> get_queue_status() const { return give(call(&rancog_scheduler_get_queue_status)); }

    /// rancog_scheduler_advance_time: moves virtual time forward; executes nothing.
    outcome<void> advance_time(duration by) const
    {
        if (!by.valid()) {
            return base::template refuse<void>(negative("nanoseconds"));
        }
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_advance_time(self, by.count()); }));
    }

    /// rancog_scheduler_cancel_task: RANCOG_E_NOT_FOUND when it is not pending.
    outcome<void> cancel_task(std::uint64_t id) const
    {
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_cancel_task(self, id); }));
    }

    /// rancog_scheduler_reschedule_task: RANCOG_E_NOT_FOUND when it is not pending.
    outcome<void> reschedule_task(std::uint64_t id, instant time) const
    {
        if (!time.valid()) {
            return base::template refuse<void>(negative("time"));
        }
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_reschedule_task(self, id, time.count()); }));
    }

    /// rancog_scheduler_schedule_batch: all of the tasks (batch_task), or none. Ids are written into as many elements as there are
    /// tasks, or not at all when 'ids' is empty.
    outcome<void> schedule_batch(span<const rancog_task> tasks, span<std::uint64_t> ids = {}) const
    {
        if (!ids.empty() && ids.size() != tasks.size()) {
            return base::template refuse<void>(sizes_differ("ids", ids.size(), "tasks", tasks.size()));
        }
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_schedule_batch(self, tasks.data(), tasks.size(), ids.data()); }));
    }

    /// rancog_scheduler_execute_ready_batch: executes what is due now, at most as many tasks as there is room for, and gives how
    /// many outcomes were written.
    outcome<std::size_t> execute_ready_batch(span<rancog_task_outcome> outcomes) const
    {
        rancog_task_outcome nowhere{}; // no room at all is not NULL, which would mean to count only
        return give(executed(outcomes.size(), outcomes.empty() ? &nowhere : outcomes.data()));
    }

    /// The same without outcomes: executes up to max_tasks and counts them.
    outcome<std::size_t> execute_ready_batch(std::size_t max_tasks = all) const { return give(executed(max_tasks, nullptr)); }

    /// rancog_scheduler_run: executes tasks when they are due, on this thread, until the time is reached. never: in virtual
    /// time until nothing is pending, in real time until something ends it (close() of another thread, a handler's exception).
    outcome<void> run(instant until) const
    {
        stop_flag none;
        return run(until, none);
    }

    /// The same, or until the flag is raised; at once when it is raised already.
    outcome<void> run(instant until, stop_flag &stop) const
    {
        if (!until.valid()) {
            return base::template refuse<void>(negative("until_ns"));
        }
        while (true) {
            // Begins without an alarm, so that one which ends this run is raised, and counted, after this.
            std::uint32_t alarms = 0;
            do {
                while (stop.alarmed() && !stop.stop_requested()) {
                    std::this_thread::yield();
                }
                alarms = stop.alarms_.load();
            } while (stop.alarmed() && !stop.stop_requested());
            result<void> done = call([&](rancog_scheduler *self) { return rancog_scheduler_run(self, until.count(), stop.raw()); },
                                     base::may::run_handlers, &stop);
            const bool alarmed = stop.alarmed(); // asked before the count: one that is over was counted
            if (!done || stop.stop_requested() || (!alarmed && stop.alarms_.load() == alarms)) {
                return give(std::move(done));
            }
        }
    }

    /// rancog_scheduler_snapshot: all that is pending (JSON).
    outcome<buffer> snapshot() const { return give(call(&rancog_scheduler_snapshot)); }

    /// rancog_scheduler_restore: replaces all that is pending by a snapshot.
    outcome<void> restore(std::string_view snapshot) const
    {
        return give(call([&](rancog_scheduler *self) { return rancog_scheduler_restore(self, detail::bytes(snapshot), snapshot.size()); }));
    }

private:
    result<std::size_t> executed(std::size_t max, rancog_task_outcome *outcomes) const
    {
        std::size_t n = max;
        const auto done = call([&](rancog_scheduler *self) { return rancog_scheduler_execute_ready_batch(self, max, outcomes, &n); }, base::may::run_handlers);
        return detail::with_value(done, std::move(n));
    }
};

// ------------------------------------------------------------------------------------------------------------------- memory

/// When memory::append has kept what it was given: rancog_memory_create explains the promises.
enum class durability : std::int32_t {
    own = -1,  ///< as the memory was created
    none = 0,  ///< the operating system has it
    group = 1, ///< it is on the device, in a commit that calls share
    sync = 2,  ///< it is on the device, by a commit of its own
};

/// One episode for memory::append. Vector and texts are borrowed until that returns. In C++20: {.vector = state, .cell = "c1"}.
struct episode {
    span<const float> vector{};                               ///< the state; may be empty when the document has a situation
    std::string_view document{};                              ///< the other members (JSON): situation, action, outcome, tags, metadata, text..
    std::string_view cell{};                                  ///< empty: none
    instant time = 0;                                         ///< when the situation was; 0: the host's clock
    double reward = std::numeric_limits<double>::quiet_NaN(); ///< NaN: not known yet
    std::optional<bool> success = std::nullopt;               ///< none: not known yet
    std::uint64_t id = 0;                                     ///< 0: the memory gives the next one

    /// As the C functions have it, with the same borrowed pointers. A time that is none is 0 there.
    rancog_episode raw() const noexcept
    {
        rancog_episode of{};
        of.struct_size = sizeof of;
        of.id = id;
        of.time_ns = time.count();
        of.cell = detail::optional_bytes(cell);
        of.cell_length = cell.size();
        of.vector = vector.empty() ? nullptr : vector.data();
        of.dimension = vector.size();
        of.reward = reward;
        of.success = success ? std::int32_t{*success} : -1;
        of.document = detail::optional_bytes(document);
        of.document_length = document.size();
        return of;
    }
};

/// Which episodes memory::search looks at: those that satisfy all that was asked; a new one leaves all. Each function replaces
/// what was said by it before, and gives the filter: filter().cell("c1").min_reward(0.5). Texts are copied.
class filter {
public:
    /// Episodes of this cell; empty: of any.
    filter &cell(std::string_view name)
    {
        cell_ = name;
        return *this;
    }

    /// Episodes from this time on.
    filter &from(instant time) noexcept
    {
        from_ = time;
        flags_ |= RANCOG_FILTER_TIME;
        return *this;
    }

    /// Episodes before this time.
    filter &until(instant time) noexcept
    {
        until_ = time;
        flags_ |= RANCOG_FILTER_TIME;
        return *this;
    }

    /// Episodes whose reward is known and at least this.
    filter &min_reward(double least) noexcept
    {
        min_reward_ = least;
        flags_ |= RANCOG_FILTER_MIN_REWARD;
        return *this;
    }

    /// Episodes whose reward is known and at most this.
    filter &max_reward(double most) noexcept
    {
        max_reward_ = most;
        flags_ |= RANCOG_FILTER_MAX_REWARD;
        return *this;
    }

    /// Episodes whose success is known and this.
    filter &success(bool of) noexcept
    {
        success_ = of;
        flags_ |= RANCOG_FILTER_SUCCESS;
        return *this;
    }

    /// Further conditions, as "filter" of memory::recall has them (JSON): {"metadata.vendor":{"$eq":"a"}}; empty: none.
    filter &where(std::string_view conditions)
    {
        conditions_ = conditions;
        return *this;
    }

    /// As the C functions have it; its texts are this filter's.
    rancog_filter raw() const noexcept
    {
        rancog_filter of{};
        of.struct_size = sizeof of;
        of.flags = flags_;
        of.cell = detail::optional_bytes(cell_);
        of.cell_length = cell_.size();
        of.from_ns = from_.count();
        of.until_ns = until_.count();
        of.min_reward = min_reward_;
        of.max_reward = max_reward_;
        of.success = success_;
        of.json = detail::optional_bytes(conditions_);
        of.json_length = conditions_.size();
        return of;
    }

    /// @cond machinery
    const instant &from_time() const noexcept { return from_; }
    const instant &until_time() const noexcept { return until_; }
    /// @endcond

private:
    std::string cell_;
    std::string conditions_;
    instant from_ = 0;
    instant until_ = never;
    double min_reward_ = 0;
    double max_reward_ = 0;
    std::uint32_t flags_ = 0;
    bool success_ = false;
};

/// An episode that memory::search found: id, time_ns, distance, reward (NaN: not known).
using hit = rancog_hit;

/// A memory (memory, nothrow::memory): the experience of a network, kept safely and recalled exactly; in the process, or in the file
/// of the option path.
template <class Errors>
class basic_memory : public basic_handle<basic_memory, Errors, rancog_memory> {
    using base = typename basic_memory::basic_handle;
    using base::base, base::call, base::give, base::negative, base::sizes_differ;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_memory_create: options as JSON, {"path":"experience.db","durability":"sync"}; what the program lends.
    static outcome<basic_memory> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), false, [&](const rancog_host *table) {
            return rancog_memory_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::memory, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_memory(std::string_view options = {}, host lent = {}) : basic_memory(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_memory_store: keeps one episode, or all of an array or none of them (JSON); gives what it did (JSON).
    outcome<buffer> store(std::string_view episode) const
    {
        return give(call([&](rancog_memory *self) { return rancog_memory_store(self, detail::bytes(episode), episode.size()); }));
    }

    /// rancog_memory_recall: the episodes that are most like what is looked for (JSON), {"situation":{"RRU.PrbTotDl":80},"k":5}.
    outcome<buffer> recall(std::string_view query) const
    {
        return give(call([&](rancog_memory *self) { return rancog_memory_recall(self, detail::bytes(query), query.size()); }));
    }

    /// rancog_memory_update: changes some members of an episode (JSON), {"id":17,"reward":0.8}; RANCOG_E_NOT_FOUND when it is not there.
    outcome<buffer> update(std::string_view update) const
    {
        return give(call([&](rancog_memory *self) { return rancog_memory_update(self, detail::bytes(update), update.size()); }));
    }

    /// rancog_memory_remove: RANCOG_E_NOT_FOUND when it is not there.
    outcome<void> remove(std::uint64_t id) const
    {
        return give(call([&](rancog_memory *self) { return rancog_memory_remove(self, id); }));
    }

    /// rancog_memory_analyze: skills, the effect of an action, pruning, a backup (JSON), {"op":"skills"}.
    outcome<buffer> analyze(std::string_view request) const
    {
        return give(call([&](rancog_memory *self) { return rancog_memory_analyze(self, detail::bytes(request), request.size()); }));
    }

    /// rancog_memory_get_stats: what it holds, and how (JSON).
    outcome<buffer> get_stats() const { return give(call(&rancog_memory_get_stats)); }

    /// rancog_memory_flush: everything stored so far is on the device, and exchanged with the shared database.
    outcome<void> flush() const { return give(call(&rancog_memory_flush)); }

    /// rancog_memory_append: keeps one episode; gives its id.
    outcome<std::uint64_t> append(const episode &one, durability kept = durability::own) const
    {
        if (!one.time.valid()) {
            return base::template refuse<std::uint64_t>(negative("episodes[0].time_ns"));
        }
        const rancog_episode raw = one.raw();
        std::uint64_t id = 0;
        const auto done = appended({&raw, 1}, kept, &id);
        return give(detail::with_value(done, std::move(id)));
    }

    /// The same for all of several, or none of them; gives their ids, in their order.
    outcome<std::vector<std::uint64_t>> append(span<const episode> episodes, durability kept = durability::own) const
    {
        std::vector<rancog_episode> raw;
        raw.reserve(episodes.size());
        for (const episode &one : episodes) {
            if (!one.time.valid()) {
                return base::template refuse<std::vector<std::uint64_t>>(negative(("episodes[" + std::to_string(raw.size()) + "].time_ns").c_str()));
            }
            raw.push_back(one.raw());
        }
        std::vector<std::uint64_t> ids(raw.size());
        const auto done = appended(raw, kept, ids.data());
        return give(detail::with_value(done, std::move(ids)));
    }

    /// The same for episodes as the C functions have them (episode::raw), without an allocation. Ids are written into as many
    /// elements as there are episodes, or not at all when 'ids' is empty.
    outcome<void> append(span<const rancog_episode> episodes, span<std::uint64_t> ids = {}, durability kept = durability::own) const
    {
        if (!ids.empty() && ids.size() != episodes.size()) {
            return base::template refuse<void>(sizes_differ("ids", ids.size(), "episodes", episodes.size()));
        }
        return give(appended(episodes, kept, ids.empty() ? nullptr : ids.data()));
    }

    /// rancog_memory_search: the k nearest episodes by their vectors, nearest first; fewer only when fewer satisfy the filter.
    outcome<std::vector<hit>> search(span<const float> query, std::size_t k, const filter &which = {}) const
    {
        // Room is made for a k that can be: one that cannot is refused by the library.
        std::vector<hit> hits(std::min<std::size_t>(std::max<std::size_t>(k, 1), 65536));
        const result<std::size_t> found = searched(query, k, hits, which);
        if (!found) {
            return give(result<std::vector<hit>>(found.error()));
        }
        hits.resize(found.value());
        return give(result<std::vector<hit>>(std::move(hits)));
    }

    /// The same into the caller's room, at least k elements; gives how many were written.
    outcome<std::size_t> search(span<const float> query, std::size_t k, span<hit> hits, const filter &which = {}) const
    {
        return give(searched(query, k, hits, which));
    }

private:
    result<void> appended(span<const rancog_episode> episodes, durability kept, std::uint64_t *ids) const
    {
        return call([&](rancog_memory *self) {
            return rancog_memory_append(self, episodes.data(), episodes.size(), static_cast<std::int32_t>(kept), ids);
        });
    }

    result<std::size_t> searched(span<const float> query, std::size_t k, span<hit> hits, const filter &which) const
    {
        if (!which.from_time().valid() || !which.until_time().valid()) {
            return error(RANCOG_E_INVALID_ARGUMENT, negative(which.from_time().valid() ? "filter->until_ns" : "filter->from_ns"));
        }
        const rancog_filter conditions = which.raw();
        std::size_t n = hits.size();
        const auto done = call([&](rancog_memory *self) {
            return rancog_memory_search(self, query.data(), query.size(), k, &conditions, hits.data(), &n);
        });
        return detail::with_value(done, std::move(n));
    }
};

// ------------------------------------------------------------------------------------------------------------- optimization

namespace detail {

/// The program's evaluator in a call of the library. The first exception ends the call: no further point is evaluated.
template <class Function>
struct evaluation {
    Function &function;
    callbacks *lent; // null: the handle is closed, so that nothing is evaluated

    template <class Evaluate>
    std::int32_t run(Evaluate evaluate) const noexcept
    {
        if (lent->has_thrown()) {
            return 1;
        }
        return lent->guard(std::int32_t{1}, [&]() -> std::int32_t {
            using answer = decltype(evaluate());
            static_assert(std::is_void_v<answer> || std::is_same_v<answer, bool>, "an evaluator returns nothing, or a bool: false when it failed");
            if constexpr (std::is_void_v<answer>) {
                evaluate();
                return 0;
            } else {
                return evaluate() ? 0 : 1;
            }
        });
    }

    static std::int32_t point(const double *x, std::size_t n, double *objectives, std::size_t n_objectives, double *constraints, std::size_t n_constraints, void *of)
    {
        const evaluation &self = *static_cast<const evaluation *>(of);
        const span<const double> values(x, n);
        const span<double> goals(objectives, n_objectives), limits(constraints, n_constraints);
        return self.run([&] {
            if constexpr (std::is_invocable_v<Function &, span<const double>, span<double>, span<double>>) {
                return self.function(values, goals, limits);
            } else {
                return self.function(values, goals);
            }
        });
    }

    static std::int32_t batch(const double *x, std::size_t rows, std::size_t n, double *objectives, std::size_t n_objectives, double *constraints,
                              std::size_t n_constraints, void *of)
    {
        const evaluation &self = *static_cast<const evaluation *>(of);
        const span<const double> values(x, rows * n);
        const span<double> goals(objectives, rows * n_objectives), limits(constraints, rows * n_constraints);
        return self.run([&] { return self.function(values, rows, goals, limits); });
    }

    static std::int32_t map(const double *x, std::size_t n, double *fx, void *of)
    {
        const evaluation &self = *static_cast<const evaluation *>(of);
        const span<const double> values(x, n);
        const span<double> mapped(fx, n);
        return self.run([&] { return self.function(values, mapped); });
    }

    static std::int32_t what_if(const std::uint8_t *question, std::size_t length, double *values, std::size_t n, void *of)
    {
        const evaluation &self = *static_cast<const evaluation *>(of);
        const std::string_view asked = text(question, length);
        const span<double> metrics(values, n);
        return self.run([&] { return self.function(asked, metrics); });
    }
};

} // namespace detail

/// An optimization core (optimization, nothrow::optimization): what to set. Searches over knobs of every kind, and problems of
/// self-organising networks that are ready to solve.
template <class Errors>
class basic_optimization : public basic_handle<basic_optimization, Errors, rancog_optimization> {
    using base = typename basic_optimization::basic_handle;
    using base::base, base::call, base::callbacks_here, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_optimization_create: options as JSON, {"seed":3}; what the program lends.
    static outcome<basic_optimization> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), true, [&](const rancog_host *table) {
            return rancog_optimization_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::optimization, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_optimization(std::string_view options = {}, host lent = {}) : basic_optimization(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_optimization_optimize: a problem (JSON) whose points the library evaluates, of a problem type or a test function; gives
    /// the best of it (JSON).
    outcome<buffer> optimize(std::string_view problem) const
    {
        return give(call([&](rancog_optimization *self) { return rancog_optimization_optimize(self, detail::bytes(problem), problem.size()); }));
    }

    /// rancog_optimization_optimize_with: a problem whose points the program evaluates, one at a time, on this thread.
    ///
    /// The evaluator is called with (span<const double> x, span<double> objectives, span<double> constraints), or without the last
    /// one, and returns nothing, or a bool: false when this point failed, after which the search goes on. It may use every handle
    /// but this one (RANCOG_E_BUSY). An exception ends the search, and is thrown when the call returns.
    template <class Function>
    outcome<buffer> optimize_with(std::string_view problem, Function &&evaluate) const
    {
        using function = std::remove_reference_t<Function>;
        using numbers = span<const double>;
        static_assert(std::is_invocable_v<function &, numbers, span<double>, span<double>> || std::is_invocable_v<function &, numbers, span<double>>,
                      "an evaluator is called with (span<const double> x, span<double> objectives, span<double> constraints)");
        using evaluation = detail::evaluation<function>;
        evaluation with{evaluate, callbacks_here()};
        return give(call(
            [&](rancog_optimization *self) {
                return rancog_optimization_optimize_with(self, detail::bytes(problem), problem.size(), &evaluation::point, &with);
            },
            base::may::run_handlers));
    }

    /// rancog_optimization_optimize_with_batch: the same for many points in one call, for programs that evaluate them on threads of
    /// their own. The points are those of optimize_with.
    ///
    /// The evaluator is called with (span<const double> x, std::size_t rows, span<double> objectives, span<double> constraints), all
    /// row by row. A point fails by NaN as one of its objectives or constraints; false as the answer means that all of them failed.
    template <class Function>
    outcome<buffer> optimize_with_batch(std::string_view problem, Function &&evaluate) const
    {
        using function = std::remove_reference_t<Function>;
        static_assert(std::is_invocable_v<function &, span<const double>, std::size_t, span<double>, span<double>>,
                      "a batch evaluator is called with (span<const double> x, std::size_t rows, span<double> objectives, span<double> constraints)");
        using evaluation = detail::evaluation<function>;
        evaluation with{evaluate, callbacks_here()};
        return give(call(
            [&](rancog_optimization *self) {
                return rancog_optimization_optimize_with_batch(self, detail::bytes(problem), problem.size(), &evaluation::batch, &with);
            },
            base::may::run_handlers));
    }

    /// rancog_optimization_begin: a search in which the program asks for points and tells what they gave, in its own time.
    outcome<void> begin(std::string_view problem) const
    {
        return give(call([&](rancog_optimization *self) { return rancog_optimization_begin(self, detail::bytes(problem), problem.size()); }));
    }

    /// rancog_optimization_ask: the points that the search wants to know next, row by row, at most so many; none when it is over.
    /// @p variables is how many the problem has that was begun, which the library does not check.
    outcome<std::vector<double>> ask(std::size_t most, std::size_t variables) const
    {
        // A tell takes no more points than this, so that more are never asked for.
        std::vector<double> x(std::min<std::size_t>(most, ask_rows_max) * variables);
        using answer = rancog::result<std::vector<double>>;
        const rancog::result<std::size_t> rows = asked(x, variables);
        if (!rows) {
            return give(answer(rows.error()));
        }
        x.resize(rows.value() * variables);
        return give(answer(std::move(x)));
    }

    /// The same into the caller's room, for as many points as fit in; gives how many there are.
    outcome<std::size_t> ask(span<double> x, std::size_t variables) const { return give(asked(x, variables)); }

    /// rancog_optimization_tell: what so many points gave: those asked for, in any order, and others. Each span is as long as @p rows
    /// times what the problem has of it (variables, objectives, constraints). NaN as an objective: the point failed.
    outcome<void> tell(std::size_t rows, span<const double> x, span<const double> objectives, span<const double> constraints = {}) const
    {
        const std::pair<const char *, std::size_t> lengths[] = {{"x", x.size()}, {"objectives", objectives.size()}, {"constraints", constraints.size()}};
        for (const auto &[name, length] : lengths) {
            if (rows != 0 && (length % rows != 0 || (length == 0 && name != lengths[2].first))) {
                return base::template refuse<void>(std::string(name) + ": has " + std::to_string(length) + " elements for " + std::to_string(rows) + " points");
            }
        }
        return give(call([&](rancog_optimization *self) {
            return rancog_optimization_tell(self, x.data(), objectives.data(), constraints.empty() ? nullptr : constraints.data(), rows);
        }));
    }

    /// rancog_optimization_result: what the search that was begun knows by now (JSON).
    outcome<buffer> result() const { return give(call(&rancog_optimization_result)); }

    /// rancog_optimization_evaluate_network: what a radio network gives: loads, throughput, coverage, energy (JSON).
    outcome<buffer> evaluate_network(std::string_view network) const
    {
        return give(call([&](rancog_optimization *self) { return rancog_optimization_evaluate_network(self, detail::bytes(network), network.size()); }));
    }

private:
    static constexpr std::size_t ask_rows_max = 1 << 20;

    rancog::result<std::size_t> asked(span<double> x, std::size_t variables) const
    {
        if (variables == 0 || x.size() < variables) {
            return error(RANCOG_E_INVALID_ARGUMENT, "x: has " + std::to_string(x.size()) + " elements for points of " + std::to_string(variables) + " variables");
        }
        std::size_t rows = 0;
        const auto done = call([&](rancog_optimization *self) { return rancog_optimization_ask(self, x.data(), x.size() / variables, &rows); });
        return detail::with_value(done, std::move(rows));
    }
};

// ------------------------------------------------------------------------------------------------------------- strange loop

/// A strange-loop core (strange_loop, nothrow::strange_loop): loops that contain a model of themselves. Fixed points with
/// certificates, predictions that are checked and corrected within proven bounds, control functions that work against each other.
template <class Errors>
class basic_strange_loop : public basic_handle<basic_strange_loop, Errors, rancog_strange_loop> {
    using base = typename basic_strange_loop::basic_handle;
    using base::base, base::call, base::callbacks_here, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_strange_loop_create: options as JSON, {"aci_step":0.1}; what the program lends.
    static outcome<basic_strange_loop> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), true, [&](const rancog_host *table) {
            return rancog_strange_loop_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::strange_loop, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_strange_loop(std::string_view options = {}, host lent = {}) : basic_strange_loop(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_strange_loop_solve: x = F(x) for a map that is built in; a request to a verdict with its certificate (JSON).
    outcome<buffer> solve(std::string_view request) const
    {
        return give(call([&](rancog_strange_loop *self) { return rancog_strange_loop_solve(self, detail::bytes(request), request.size()); }));
    }

    /// rancog_strange_loop_solve_with: x = F(x) for a map of the program's, on this thread; the request has x0 and no map.
    ///
    /// The evaluator is called with (span<const double> x, span<double> fx), both as long as x0, and returns nothing, or a bool:
    /// false when F cannot be evaluated there, which ends the call (RANCOG_E_INVALID_ARGUMENT, fn). It may use every handle but this
    /// one (RANCOG_E_BUSY). An exception ends the call, and is thrown when it returns.
    template <class Function>
    outcome<buffer> solve_with(std::string_view request, Function &&evaluate) const
    {
        using function = std::remove_reference_t<Function>;
        static_assert(std::is_invocable_v<function &, span<const double>, span<double>>, "an evaluator is called with (span<const double> x, span<double> fx)");
        using evaluation = detail::evaluation<function>;
        evaluation with{evaluate, callbacks_here()};
        return give(call(
            [&](rancog_strange_loop *self) {
                return rancog_strange_loop_solve_with(self, detail::bytes(request), request.size(), &evaluation::map, &with);
            },
            base::may::run_handlers));
    }

    /// rancog_strange_loop_observe: what happened since a loop last spoke, and what it expects next; gives that prediction as the
    /// loop's own record corrects it (JSON).
    outcome<buffer> observe(std::string_view observation) const
    {
        return give(call([&](rancog_strange_loop *self) { return rancog_strange_loop_observe(self, detail::bytes(observation), observation.size()); }));
    }

    /// rancog_strange_loop_detect_conflicts: commands of control functions to those that work against each other, and what to do (JSON).
    outcome<buffer> detect_conflicts(std::string_view request) const
    {
        return give(call([&](rancog_strange_loop *self) { return rancog_strange_loop_detect_conflicts(self, detail::bytes(request), request.size()); }));
    }

    /// rancog_strange_loop_get_state: everything that the core believes about itself (JSON).
    outcome<buffer> get_state() const { return give(call(&rancog_strange_loop_get_state)); }

    /// rancog_strange_loop_restore: believes again what a state (of get_state) says; what was known before is forgotten.
    outcome<void> restore(std::string_view saved) const
    {
        return give(call([&](rancog_strange_loop *self) { return rancog_strange_loop_restore(self, detail::bytes(saved), saved.size()); }));
    }
};

// --------------------------------------------------------------------------------------------------------------- cognition

/// A cognitive core (cognitive, nothrow::cognitive): from a problem, or an intent, to a decision that an engineer can check, undo
/// and learn from: its cause, what is expected of it, the guards that it passed, the plan to take it back.
template <class Errors>
class basic_cognitive : public basic_handle<basic_cognitive, Errors, rancog_cognitive> {
    using base = typename basic_cognitive::basic_handle;
    using base::base, base::call, base::callbacks_here, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_cognitive_create: options as JSON, {"path":"decisions.db","seed":3}; what the program lends.
    static outcome<basic_cognitive> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), true, [&](const rancog_host *table) {
            return rancog_cognitive_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::cognitive, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_cognitive(std::string_view options = {}, host lent = {}) : basic_cognitive(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_cognitive_decide: a problem, or an intent, and further constraints (JSON, an array) to a decision (JSON).
    outcome<buffer> decide(std::string_view problem, std::string_view constraints = {}) const
    {
        return give(call([&](rancog_cognitive *self) {
            return rancog_cognitive_decide(self, detail::bytes(problem), problem.size(), detail::optional_bytes(constraints), constraints.size());
        }));
    }

    /// rancog_cognitive_decide_with: the same, where the program tells, on this thread, what changes bring.
    ///
    /// The model is called with (std::string_view question, span<double> values): the question is JSON {"actions":[..],
    /// "metrics":[..]}, with one value for each metric; a value that is left alone (NaN) is not known. It returns nothing, or a
    /// bool: false when it can tell nothing of these changes. It may use every handle but this one (RANCOG_E_BUSY). An exception ends
    /// the call, and is thrown when it returns; nothing was decided then.
    template <class Function>
    outcome<buffer> decide_with(std::string_view problem, std::string_view constraints, Function &&model) const
    {
        using function = std::remove_reference_t<Function>;
        static_assert(std::is_invocable_v<function &, std::string_view, span<double>>, "a model is called with (std::string_view question, span<double> values)");
        using evaluation = detail::evaluation<function>;
        evaluation with{model, callbacks_here()};
        return give(call(
            [&](rancog_cognitive *self) {
                return rancog_cognitive_decide_with(self, detail::bytes(problem), problem.size(), detail::optional_bytes(constraints), constraints.size(),
                                                    &evaluation::what_if, &with);
            },
            base::may::run_handlers));
    }

    /// rancog_cognitive_report_outcome: what came of a decision; gives the verdict: watch on, kept, or roll back (JSON).
    outcome<buffer> report_outcome(std::string_view seen) const
    {
        return give(call([&](rancog_cognitive *self) { return rancog_cognitive_report_outcome(self, detail::bytes(seen), seen.size()); }));
    }

    /// rancog_cognitive_rollback: how to undo the decision of this decision_id (JSON).
    outcome<buffer> rollback(std::uint64_t decision) const
    {
        return give(call([&](rancog_cognitive *self) { return rancog_cognitive_rollback(self, decision); }));
    }

    /// rancog_cognitive_get_state: how good its predictions and its confidence were, what it decided (JSON).
    outcome<buffer> get_state() const { return give(call(&rancog_cognitive_get_state)); }

    /// rancog_cognitive_ingest: measurements as networks send them (JSON or XML) into the history; gives a report (JSON).
    outcome<buffer> ingest(std::string_view message) const
    {
        return give(call([&](rancog_cognitive *self) { return rancog_cognitive_ingest(self, detail::bytes(message), message.size()); }));
    }

    /// rancog_cognitive_replay: makes every call of a record (option record_to) again; gives a report (JSON). Needs no core.
    static outcome<buffer> replay(std::string_view path, host lent = {})
    {
        detail::callbacks functions(std::move(lent));
        const bool has_host = functions.has_host();
        const rancog_host table = functions.table();
        detail::frame here(has_host ? &functions : nullptr, nullptr);
        return give(detail::make_call(here, [&] { return rancog_cognitive_replay(detail::bytes(path), path.size(), has_host ? &table : nullptr); }));
    }
};

// ------------------------------------------------------------------------------------------------------------------ modules

/// A module that a loader has loaded (module_ref, nothrow::module_ref). Borrowed: there is nothing to release.
template <class Errors>
class basic_module : public basic_handle<basic_module, Errors, rancog_module> {
    using base = typename basic_module::basic_handle;
    using base::base, base::call, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_module_interfaces: what it offers and how it is set (JSON).
    outcome<buffer> interfaces() const { return give(call(&rancog_module_interfaces)); }

    /// rancog_module_memory: the bytes that it holds, and their bounds (JSON).
    outcome<buffer> memory() const { return give(call(&rancog_module_memory)); }

    /// rancog_module_get_temporal: the core of the module "temporal", borrowed from the loader.
    outcome<basic_temporal<Errors>> get_temporal() const
    {
        return give(this->template lend<basic_temporal<Errors>>(call(&rancog_module_get_temporal)));
    }

    /// rancog_module_get_scheduler: the core of the module "scheduler", borrowed from the loader. Handlers that are registered
    /// with it stay until the loader is closed.
    outcome<basic_scheduler<Errors>> get_scheduler() const
    {
        return give(this->template lend<basic_scheduler<Errors>>(call(&rancog_module_get_scheduler)));
    }

    /// rancog_module_get_memory: the core of the module "memory", borrowed from the loader.
    outcome<basic_memory<Errors>> get_memory() const
    {
        return give(this->template lend<basic_memory<Errors>>(call(&rancog_module_get_memory)));
    }

    /// rancog_module_get_optimization: the core of the module "optimization", borrowed from the loader.
    outcome<basic_optimization<Errors>> get_optimization() const
    {
        return give(this->template lend<basic_optimization<Errors>>(call(&rancog_module_get_optimization)));
    }

    /// rancog_module_get_strange_loop: the core of the module "strangeLoop", borrowed from the loader.
    outcome<basic_strange_loop<Errors>> get_strange_loop() const
    {
        return give(this->template lend<basic_strange_loop<Errors>>(call(&rancog_module_get_strange_loop)));
    }

    /// rancog_module_get_cognitive: the core of the module "cognitive", borrowed from the loader.
    outcome<basic_cognitive<Errors>> get_cognitive() const
    {
        return give(this->template lend<basic_cognitive<Errors>>(call(&rancog_module_get_cognitive)));
    }
};

/// A loader (loader, nothrow::loader): modules by name ("temporal", "scheduler", "memory", "optimization", "strangeLoop", "cognitive",
/// paths of plug-ins) that share one host and one set of settings.
template <class Errors>
class basic_loader : public basic_handle<basic_loader, Errors, rancog_loader> {
    using base = typename basic_loader::basic_handle;
    using base::base, base::call, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_loader_create: options as JSON; what the program lends to all modules.
    static outcome<basic_loader> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), true, [&](const rancog_host *table) {
            return rancog_loader_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::loader, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_loader(std::string_view options = {}, host lent = {}) : basic_loader(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_loader_load_module: loads it, or gives the one that is there; the configuration is JSON, of plug-ins their own.
    outcome<basic_module<Errors>> load_module(std::string_view name, std::string_view config = {}) const
    {
        return give(this->template lend<basic_module<Errors>>(call([&](rancog_loader *self) {
            return rancog_loader_load_module(self, detail::bytes(name), name.size(), detail::optional_bytes(config), config.size());
        })));
    }

    /// rancog_loader_unload_module: objects of the module and of its core are stale afterwards.
    outcome<void> unload_module(std::string_view name) const
    {
        return give(call([&](rancog_loader *self) { return rancog_loader_unload_module(self, detail::bytes(name), name.size()); }));
    }
};

// -------------------------------------------------------------------------------------------------------------- memory pool

/// Memory in blocks within a budget (pool, nothrow::pool). See also pool_resource.
template <class Errors>
class basic_pool : public basic_handle<basic_pool, Errors, rancog_pool> {
    using base = typename basic_pool::basic_handle;
    using base::base, base::call, base::give;

public:
    /// What a function gives that computes a T: T itself, or in rancog::nothrow result<T>.
    template <class T>
    using outcome = typename base::template outcome<T>;

    /// rancog_pool_create: options as JSON, {"budget_bytes":1048576}.
    static outcome<basic_pool> create(std::string_view options = {}, host lent = {})
    {
        return base::create(std::move(lent), false, [&](const rancog_host *table) {
            return rancog_pool_create(detail::optional_bytes(options), options.size(), table);
        });
    }

#if RANCOG_HPP_EXCEPTIONS
    /// As create; only of rancog::pool, which throws.
    template <class E = Errors, std::enable_if_t<std::is_same_v<E, throwing>, int> = 0>
    explicit basic_pool(std::string_view options = {}, host lent = {}) : basic_pool(create(options, std::move(lent)))
    {
    }
#endif

    /// rancog_pool_allocate: a block of at least 1 byte, aligned to 16 bytes (to its size, when that is a power of two up to 4096).
    outcome<void *> allocate(std::size_t size) const
    {
        return give(call([&](rancog_pool *self) { return rancog_pool_allocate(self, size); }));
    }

    /// rancog_pool_deallocate: of any thread; what is no live block of this size is refused and changes nothing.
    outcome<void> deallocate(void *block, std::size_t size) const
    {
        return give(call([&](rancog_pool *self) { return rancog_pool_deallocate(self, block, size); }));
    }

    /// rancog_pool_get_stats: the pool at one instant (JSON).
    outcome<buffer> get_stats() const { return give(call(&rancog_pool_get_stats)); }
};

/// A pool as a std::pmr::memory_resource, for std::pmr containers and std::pmr::polymorphic_allocator. It borrows the pool,
/// which must stay open while something allocated lives. allocate throws std::bad_alloc when the budget has no room; without
/// exceptions the process ends with the message. deallocate of what is no live block changes nothing: the pool counts it (refused).
/// Any thread may use it.
class pool_resource : public std::pmr::memory_resource {
public:
    /// Of this pool; several may share one.
    template <class Errors>
    explicit pool_resource(const basic_pool<Errors> &pool) : pool_(pool.as_nothrow())
    {
    }

private:
    static constexpr std::size_t natural_alignment = 16;
    static constexpr std::size_t sized_alignment_max = 4096; // blocks of a power of two up to here are aligned to their size

    /// What the pool is asked for, such that a block of the alignment fits in.
    static std::size_t whole(std::size_t bytes, std::size_t alignment) noexcept
    {
        if (alignment <= natural_alignment) {
            return std::max<std::size_t>(bytes, 1);
        }
        if (std::max(bytes, alignment) <= sized_alignment_max) {
            std::size_t power = alignment;
            while (power < bytes) {
                power *= 2;
            }
            return power;
        }
        const std::size_t beside = alignment + sizeof(void *); // the block's address is kept before the aligned one
        return bytes > std::numeric_limits<std::size_t>::max() - beside ? bytes : bytes + beside;
    }

    static bool is_shifted(std::size_t bytes, std::size_t alignment) noexcept
    {
        return alignment > natural_alignment && std::max(bytes, alignment) > sized_alignment_max;
    }

    void *do_allocate(std::size_t bytes, std::size_t alignment) override
    {
        const std::size_t size = whole(bytes, alignment);
        result<void *> block = pool_.allocate(size);
        if (!block) {
            out_of_memory(block.error());
        }
        if (!is_shifted(bytes, alignment)) {
            return *block;
        }
        void *place = static_cast<void **>(*block) + 1;
        std::size_t room = size - sizeof(void *);
        if (!std::align(alignment, bytes, place, room)) {
            static_cast<void>(pool_.deallocate(*block, size)); // bytes near SIZE_MAX, which no pool has
            out_of_memory(error(RANCOG_E_LIMIT, "size: too large"));
        }
        static_cast<void **>(place)[-1] = *block;
        return place;
    }

    void do_deallocate(void *place, std::size_t bytes, std::size_t alignment) override
    {
        void *const block = is_shifted(bytes, alignment) ? static_cast<void **>(place)[-1] : place;
        static_cast<void>(pool_.deallocate(block, whole(bytes, alignment)));
    }

    bool do_is_equal(const std::pmr::memory_resource &other) const noexcept override
    {
#if defined(__cpp_rtti)
        const auto *const same = dynamic_cast<const pool_resource *>(&other);
        return same && same->pool_.raw() == pool_.raw();
#else
        return &other == this;
#endif
    }

    [[noreturn]] static void out_of_memory(const error &reason)
    {
#if RANCOG_HPP_EXCEPTIONS
        static_cast<void>(reason);
        throw std::bad_alloc();
#else
        detail::raise(reason);
#endif
    }

    basic_pool<returning> pool_;
};

// ------------------------------------------------------------------------------------------------------------------ plug-ins

/// What a plug-in is given while it starts (plugin, nothrow::plugin): see plugin_init.
template <class Errors>
class basic_plugin {
public:
    /// @cond machinery
    basic_plugin(rancog_plugin &of, detail::callbacks &owner) noexcept : of_(of), owner_(owner) {}
    /// @endcond

    /// The configuration given to loader::load_module; empty when there is none. Borrowed.
    std::string_view config() const noexcept { return detail::text(of_.config, of_.config_length); }

    /// Registers a task handler, as scheduler::register_handler does; it goes with the plug-in. Only in plugin_init. An exception
    /// that leaves it makes the task fail with its what() as the error, and goes no further.
    template <class Function>
    typename Errors::template outcome<std::uint32_t> register_handler(std::string_view name, Function handler)
    {
        const std::uint32_t number =
            owner_.add_handler(name, detail::make_handler<Errors>(std::move(handler)), {of_.write_reply, nullptr}, [&](rancog_task_handler entry, void *slot) {
                return of_.register_handler(of_.scheduler, detail::bytes(name), name.size(), entry, slot);
            });
        return Errors::give(number ? result<std::uint32_t>(number)
                                   : result<std::uint32_t>(error(RANCOG_E_INVALID_ARGUMENT, "name: the handler was refused: '" + std::string(name) + "'")));
    }

    /// For functions of rancognition.h, when the plug-in is linked with the library. user_data is taken.
    rancog_plugin &raw() const noexcept { return of_; }

private:
    rancog_plugin &of_;
    detail::callbacks &owner_;
};

namespace detail {

template <class Errors, class Function>
std::int32_t plugin_init(rancog_plugin *plugin, Function &setup)
{
    if (!plugin || plugin->struct_size < sizeof *plugin || plugin->abi_version != RANCOG_ABI_VERSION) {
        return RANCOG_E_INVALID_ARGUMENT; // an older library, or another ABI
    }
    auto owner = std::make_unique<callbacks>(host{});
    const std::int32_t status = owner->guard(std::int32_t{RANCOG_E_INTERNAL}, [&]() -> std::int32_t {
        basic_plugin<Errors> given(*plugin, *owner);
        using answer = std::invoke_result_t<Function &, basic_plugin<Errors> &>;
        if constexpr (std::is_void_v<answer>) {
            setup(given);
            return 0;
        } else if constexpr (std::is_same_v<answer, result<void>>) {
            const answer done = setup(given);
            return done ? 0 : done.error().status();
        } else {
            return as_status(setup(given));
        }
    });
    if (status == 0) {
        plugin->user_data = owner.release();
    }
    return status;
}

} // namespace detail

/// What rancog_plugin_cleanup of a plug-in does that began with plugin_init: destroys its handlers.
inline void plugin_cleanup(void *user_data) noexcept { delete static_cast<detail::callbacks *>(user_data); }

// --------------------------------------------------------------------------------------- names, and functions without handle

/// rancog_abi_version: compare it with RANCOG_ABI_VERSION when the library was not linked but loaded.
inline std::uint32_t abi_version() noexcept { return rancog_abi_version(); }

/// rancog_version_string: "major.minor.patch" of the library.
inline std::string_view version() noexcept { return rancog_version_string(); }

/// rancog_buffers_outstanding: results of all threads that are not released yet.
inline std::uint64_t buffers_outstanding() noexcept { return rancog_buffers_outstanding(); }

/// rancog_last_status: of the last call of this thread, for those who call C functions beside.
inline std::int32_t last_status() noexcept { return rancog_last_status(); }

/// rancog_last_error_message: borrowed until the next call of this thread.
inline std::string_view last_error_message() noexcept { return rancog_last_error_message(); }

/// Everything with errors as values; all there is with -fno-exceptions.
namespace nothrow {

using temporal = basic_temporal<returning>;         ///< A temporal reasoning core, errors as values.
using scheduler = basic_scheduler<returning>;       ///< A scheduler, errors as values.
using memory = basic_memory<returning>;             ///< A memory of a network's experience, errors as values.
using optimization = basic_optimization<returning>; ///< An optimization core, errors as values.
using strange_loop = basic_strange_loop<returning>; ///< A strange-loop core, errors as values.
using cognitive = basic_cognitive<returning>;       ///< A cognitive core, errors as values.
using task = basic_task<returning>;                 ///< What handlers of a scheduler are called with, errors as values.
using loader = basic_loader<returning>;             ///< A loader of modules and plug-ins, errors as values.
using module_ref = basic_module<returning>;         ///< A module that a loader has loaded, errors as values.
using pool = basic_pool<returning>;                 ///< A memory pool, errors as values.
using plugin = basic_plugin<returning>;             ///< What the setup of plugin_init is called with, errors as values.

/// rancog_runtime_info: library, runtime, processor, clock, bounds (JSON).
inline result<buffer> runtime_info()
{
    detail::frame here(nullptr, nullptr);
    return detail::make_call(here, &rancog_runtime_info);
}

/// rancog_nanotime: ns since the Unix epoch, never going back.
inline result<std::uint64_t> nanotime()
{
    detail::frame here(nullptr, nullptr);
    return detail::make_call(here, &rancog_nanotime);
}

/// rancog_report_render: any result of the library (JSON) as one HTML page.
inline result<buffer> render_report(std::string_view json)
{
    detail::frame here(nullptr, nullptr);
    return detail::make_call(here, [&] { return rancog_report_render(detail::bytes(json), json.size()); });
}

/// What rancog_plugin_init of a plug-in does: checks the ABI and calls setup(plugin &), which registers handlers and returns
/// nothing, a number (0: loaded) or result<void>. Let rancog_plugin_cleanup call plugin_cleanup. The plug-in need not be linked
/// with the library.
template <class Function>
std::int32_t plugin_init(rancog_plugin *raw, Function setup)
{
    return detail::plugin_init<returning>(raw, setup);
}

/// Kernels on whole arrays of numbers.
namespace simd {

/// rancog_simd_vectorized_pattern_matching: out[i] = patterns[i] * factors[i] >= thresholds[i]; all are of one length.
inline result<void> vectorized_pattern_matching(span<const float> patterns, span<const float> thresholds, span<const float> factors, span<std::uint8_t> out)
{
    if (thresholds.size() != patterns.size() || factors.size() != patterns.size() || out.size() != patterns.size()) {
        return error(RANCOG_E_INVALID_ARGUMENT, "thresholds, factors, out: are not as long as patterns, " + std::to_string(patterns.size()));
    }
    detail::frame here(nullptr, nullptr);
    return detail::make_call(here, [&] {
        return rancog_simd_vectorized_pattern_matching(patterns.data(), thresholds.data(), factors.data(), patterns.size(), out.data());
    });
}

/// rancog_simd_parallel_temporal_computation: out[i] = timeline[i] * weights[i] * weights[i] .., so many rounds; all are of one
/// length.
inline result<void> parallel_temporal_computation(span<const float> timeline, span<const float> weights, std::size_t operations_count, span<float> out)
{
    if (weights.size() != timeline.size() || out.size() != timeline.size()) {
        return error(RANCOG_E_INVALID_ARGUMENT, "weights, out: are not as long as timeline, " + std::to_string(timeline.size()));
    }
    detail::frame here(nullptr, nullptr);
    return detail::make_call(here, [&] {
        return rancog_simd_parallel_temporal_computation(timeline.data(), weights.data(), timeline.size(), operations_count, out.data());
    });
}

} // namespace simd
} // namespace nothrow

#if RANCOG_HPP_EXCEPTIONS
using temporal = basic_temporal<throwing>;         ///< A temporal reasoning core.
using scheduler = basic_scheduler<throwing>;       ///< A scheduler.
using memory = basic_memory<throwing>;             ///< A memory of a network's experience.
using optimization = basic_optimization<throwing>; ///< An optimization core.
using strange_loop = basic_strange_loop<throwing>; ///< A strange-loop core.
using cognitive = basic_cognitive<throwing>;       ///< A cognitive core.
using task = basic_task<throwing>;                 ///< What handlers of a scheduler are called with.
using loader = basic_loader<throwing>;             ///< A loader of modules and plug-ins.
using module_ref = basic_module<throwing>;         ///< A module that a loader has loaded.
using pool = basic_pool<throwing>;                 ///< A memory pool.
using plugin = basic_plugin<throwing>;             ///< What the setup of plugin_init is called with.

/// nothrow::runtime_info, with errors as exceptions.
inline buffer runtime_info() { return nothrow::runtime_info().value(); }

/// nothrow::nanotime, with errors as exceptions.
inline std::uint64_t nanotime() { return nothrow::nanotime().value(); }

/// nothrow::render_report, with errors as exceptions.
inline buffer render_report(std::string_view json) { return nothrow::render_report(json).value(); }

/// nothrow::plugin_init, with errors as exceptions: one that leaves setup makes the loading fail with RANCOG_E_INTERNAL.
template <class Function>
std::int32_t plugin_init(rancog_plugin *raw, Function setup)
{
    return detail::plugin_init<throwing>(raw, setup);
}

/// Kernels on whole arrays of numbers.
namespace simd {

/// nothrow::simd::vectorized_pattern_matching, with errors as exceptions.
inline void vectorized_pattern_matching(span<const float> patterns, span<const float> thresholds, span<const float> factors, span<std::uint8_t> out)
{
    nothrow::simd::vectorized_pattern_matching(patterns, thresholds, factors, out).value();
}

/// nothrow::simd::parallel_temporal_computation, with errors as exceptions.
inline void parallel_temporal_computation(span<const float> timeline, span<const float> weights, std::size_t operations_count, span<float> out)
{
    nothrow::simd::parallel_temporal_computation(timeline, weights, operations_count, out).value();
}

} // namespace simd
#endif

/// @}

} // inline namespace
} // namespace rancog

#undef RANCOG_HPP_EXCEPTIONS

#endif
