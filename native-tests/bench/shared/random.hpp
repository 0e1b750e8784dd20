/* Numbers that are the same with every compiler. */
#ifndef BENCH_RANDOM_HPP
#define BENCH_RANDOM_HPP

#include <cmath>
#include <cstdint>
#include <random>

class random_numbers {
public:
    explicit random_numbers(uint64_t seed) : engine_(seed * 0x9e3779b97f4a7c15u + 1) {}

    double uniform() { return static_cast<double>(engine_() >> 11) * 0x1p-53; }
    size_t below(size_t count) { return static_cast<size_t>(uniform() * static_cast<double>(count)); }
    bool one_in(size_t count) { return below(count) == 0; }

    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(6.283185307179586 * uniform());
    }

private:
    std::mt19937_64 engine_;
};

#endif
