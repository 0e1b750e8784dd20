#include "constrained_problems.hpp"

#include <cmath>

namespace {

double square(double value)
{
    return value * value;
}

/* Writes an equation as two constraints; gives the place of the next one. */
double *equation(double *g, double value)
{
    g[0] = value - 1e-4;
    g[1] = -value - 1e-4;
    return g + 2;
}

numbers joined(numbers first, const numbers &second)
{
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

double g01(const double *x, double *g)
{
    g[0] = 2 * x[0] + 2 * x[1] + x[9] + x[10] - 10;
    g[1] = 2 * x[0] + 2 * x[2] + x[9] + x[11] - 10;
    g[2] = 2 * x[1] + 2 * x[2] + x[10] + x[11] - 10;
    for (int i = 0; i < 3; i++) {
        g[3 + i] = -8 * x[i] + x[9 + i];
        g[6 + i] = -2 * x[3 + 2 * i] - x[4 + 2 * i] + x[9 + i];
    }
    double f = 0;
    for (int i = 0; i < 13; i++) {
        f += i < 4 ? 5 * x[i] - 5 * x[i] * x[i] : -x[i];
    }
    return f;
}

double g04(const double *x, double *g)
{
    const double u = 85.334407 + 0.0056858 * x[1] * x[4] + 0.0006262 * x[0] * x[3] - 0.0022053 * x[2] * x[4];
    const double v = 80.51249 + 0.0071317 * x[1] * x[4] + 0.0029955 * x[0] * x[1] + 0.0021813 * x[2] * x[2];
    const double w = 9.300961 + 0.0047026 * x[2] * x[4] + 0.0012547 * x[0] * x[2] + 0.0019085 * x[2] * x[3];
    g[0] = u - 92;
    g[1] = -u;
    g[2] = v - 110;
    g[3] = 90 - v;
    g[4] = w - 25;
    g[5] = 20 - w;
    return 5.3578547 * x[2] * x[2] + 0.8356891 * x[0] * x[4] + 37.293239 * x[0] - 40792.141;
}

double g05(const double *x, double *g)
{
    g[0] = -x[3] + x[2] - 0.55;
    g[1] = -x[2] + x[3] - 0.55;
    double *next = equation(g + 2, 1000 * std::sin(-x[2] - 0.25) + 1000 * std::sin(-x[3] - 0.25) + 894.8 - x[0]);
    next = equation(next, 1000 * std::sin(x[2] - 0.25) + 1000 * std::sin(x[2] - x[3] - 0.25) + 894.8 - x[1]);
    equation(next, 1000 * std::sin(x[3] - 0.25) + 1000 * std::sin(x[3] - x[2] - 0.25) + 1294.8);
    return 3 * x[0] + 1e-6 * x[0] * x[0] * x[0] + 2 * x[1] + 2e-6 / 3 * x[1] * x[1] * x[1];
}

double g06(const double *x, double *g)
{
    g[0] = -square(x[0] - 5) - square(x[1] - 5) + 100;
    g[1] = square(x[0] - 6) + square(x[1] - 5) - 82.81;
    return std::pow(x[0] - 10, 3) + std::pow(x[1] - 20, 3);
}

double g07(const double *x, double *g)
{
    g[0] = -105 + 4 * x[0] + 5 * x[1] - 3 * x[6] + 9 * x[7];
    g[1] = 10 * x[0] - 8 * x[1] - 17 * x[6] + 2 * x[7];
    g[2] = -8 * x[0] + 2 * x[1] + 5 * x[8] - 2 * x[9] - 12;
    g[3] = 3 * square(x[0] - 2) + 4 * square(x[1] - 3) + 2 * x[2] * x[2] - 7 * x[3] - 120;
    g[4] = 5 * x[0] * x[0] + 8 * x[1] + square(x[2] - 6) - 2 * x[3] - 40;
    g[5] = x[0] * x[0] + 2 * square(x[1] - 2) - 2 * x[0] * x[1] + 14 * x[4] - 6 * x[5];
    g[6] = 0.5 * square(x[0] - 8) + 2 * square(x[1] - 4) + 3 * x[4] * x[4] - x[5] - 30;
    g[7] = -3 * x[0] + 6 * x[1] + 12 * square(x[8] - 8) - 7 * x[9];
    return x[0] * x[0] + x[1] * x[1] + x[0] * x[1] - 14 * x[0] - 16 * x[1] + square(x[2] - 10) + 4 * square(x[3] - 5) + square(x[4] - 3) + 2 * square(x[5] - 1) + 5 * x[6] * x[6] +
           7 * square(x[7] - 11) + 2 * square(x[8] - 10) + square(x[9] - 7) + 45;
}

double g08(const double *x, double *g)
{
    const double turn = 2 * std::acos(-1.0);
    g[0] = x[0] * x[0] - x[1] + 1;
    g[1] = 1 - x[0] + square(x[1] - 4);
    return -std::pow(std::sin(turn * x[0]), 3) * std::sin(turn * x[1]) / (x[0] * x[0] * x[0] * (x[0] + x[1]));
}

double g09(const double *x, double *g)
{
    g[0] = -127 + 2 * x[0] * x[0] + 3 * std::pow(x[1], 4) + x[2] + 4 * x[3] * x[3] + 5 * x[4];
    g[1] = -282 + 7 * x[0] + 3 * x[1] + 10 * x[2] * x[2] + x[3] - x[4];
    g[2] = -196 + 23 * x[0] + x[1] * x[1] + 6 * x[5] * x[5] - 8 * x[6];
    g[3] = 4 * x[0] * x[0] + x[1] * x[1] - 3 * x[0] * x[1] + 2 * x[2] * x[2] + 5 * x[5] - 11 * x[6];
    return square(x[0] - 10) + 5 * square(x[1] - 12) + std::pow(x[2], 4) + 3 * square(x[3] - 11) + 10 * std::pow(x[4], 6) + 7 * x[5] * x[5] + std::pow(x[6], 4) - 4 * x[5] * x[6] - 10 * x[5] -
           8 * x[6];
}

double g10(const double *x, double *g)
{
    g[0] = -1 + 0.0025 * (x[3] + x[5]);
    g[1] = -1 + 0.0025 * (x[4] + x[6] - x[3]);
    g[2] = -1 + 0.01 * (x[7] - x[4]);
    g[3] = -x[0] * x[5] + 833.33252 * x[3] + 100 * x[0] - 83333.333;
    g[4] = -x[1] * x[6] + 1250 * x[4] + x[1] * x[3] - 1250 * x[3];
    g[5] = -x[2] * x[7] + 1250000 + x[2] * x[4] - 2500 * x[4];
    return x[0] + x[1] + x[2];
}

double g11(const double *x, double *g)
{
    equation(g, x[1] - x[0] * x[0]);
    return x[0] * x[0] + square(x[1] - 1);
}

double g13(const double *x, double *g)
{
    double *next = equation(g, x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] + x[4] * x[4] - 10);
    next = equation(next, x[1] * x[2] - 5 * x[3] * x[4]);
    equation(next, x[0] * x[0] * x[0] + x[1] * x[1] * x[1] + 1);
    return std::exp(x[0] * x[1] * x[2] * x[3] * x[4]);
}

double g18(const double *x, double *g)
{
    g[0] = x[2] * x[2] + x[3] * x[3] - 1;
    g[1] = x[8] * x[8] - 1;
    g[2] = x[4] * x[4] + x[5] * x[5] - 1;
    g[3] = x[0] * x[0] + square(x[1] - x[8]) - 1;
    g[4] = square(x[0] - x[4]) + square(x[1] - x[5]) - 1;
    g[5] = square(x[0] - x[6]) + square(x[1] - x[7]) - 1;
    g[6] = square(x[2] - x[4]) + square(x[3] - x[5]) - 1;
    g[7] = square(x[2] - x[6]) + square(x[3] - x[7]) - 1;
    g[8] = x[6] * x[6] + square(x[7] - x[8]) - 1;
    g[9] = x[1] * x[2] - x[0] * x[3];
    g[10] = -x[2] * x[8];
    g[11] = x[4] * x[8];
    g[12] = x[5] * x[6] - x[4] * x[7];
    return -0.5 * (x[0] * x[3] - x[1] * x[2] + x[2] * x[8] - x[4] * x[8] + x[4] * x[7] - x[5] * x[6]);
}

double g24(const double *x, double *g)
{
    const double a = x[0];
    g[0] = -2 * std::pow(a, 4) + 8 * std::pow(a, 3) - 8 * a * a + x[1] - 2;
    g[1] = -4 * std::pow(a, 4) + 32 * std::pow(a, 3) - 88 * a * a + 96 * a + x[1] - 36;
    return -x[0] - x[1];
}

double welded_beam(const double *x, double *g)
{
    const double load = 6000, length = 14, elasticity = 30e6, shear = 12e6;
    const double first = load / (std::sqrt(2) * x[0] * x[1]), moment = load * (length + x[1] / 2), radius = std::sqrt(x[1] * x[1] / 4 + square((x[0] + x[2]) / 2));
    const double inertia = 2 * std::sqrt(2) * x[0] * x[1] * (x[1] * x[1] / 12 + square((x[0] + x[2]) / 2)), second = moment * radius / inertia;
    g[0] = std::sqrt(first * first + first * second * x[1] / radius + second * second) - 13600;
    g[1] = 6 * load * length / (x[3] * x[2] * x[2]) - 30000;
    g[2] = x[0] - x[3];
    g[3] = 0.10471 * x[0] * x[0] + 0.04811 * x[2] * x[3] * (14 + x[1]) - 5;
    g[4] = 0.125 - x[0];
    g[5] = 4 * load * std::pow(length, 3) / (elasticity * x[3] * std::pow(x[2], 3)) - 0.25;
    g[6] = load - 4.013 * elasticity * x[2] * std::pow(x[3], 3) / 6 / (length * length) * (1 - x[2] / (2 * length) * std::sqrt(elasticity / (4 * shear)));
    return 1.10471 * x[0] * x[0] * x[1] + 0.04811 * x[2] * x[3] * (14 + x[1]);
}

double spring(const double *x, double *g)
{
    const double wire = x[0], coil = x[1], turns = x[2];
    g[0] = 1 - coil * coil * coil * turns / (71785 * std::pow(wire, 4));
    g[1] = (4 * coil * coil - wire * coil) / (12566 * (coil * std::pow(wire, 3) - std::pow(wire, 4))) + 1 / (5108 * wire * wire) - 1;
    g[2] = 1 - 140.45 * wire / (coil * coil * turns);
    g[3] = (wire + coil) / 1.5 - 1;
    return (turns + 2) * coil * wire * wire;
}

double speed_reducer(const double *x, double *g)
{
    g[0] = 27 / (x[0] * x[1] * x[1] * x[2]) - 1;
    g[1] = 397.5 / (x[0] * x[1] * x[1] * x[2] * x[2]) - 1;
    g[2] = 1.93 * std::pow(x[3], 3) / (x[1] * x[2] * std::pow(x[5], 4)) - 1;
    g[3] = 1.93 * std::pow(x[4], 3) / (x[1] * x[2] * std::pow(x[6], 4)) - 1;
    g[4] = std::sqrt(square(745 * x[3] / (x[1] * x[2])) + 16.9e6) / (110 * std::pow(x[5], 3)) - 1;
    g[5] = std::sqrt(square(745 * x[4] / (x[1] * x[2])) + 157.5e6) / (85 * std::pow(x[6], 3)) - 1;
    g[6] = x[1] * x[2] / 40 - 1;
    g[7] = 5 * x[1] / x[0] - 1;
    g[8] = x[0] / (12 * x[1]) - 1;
    g[9] = (1.5 * x[5] + 1.9) / x[3] - 1;
    g[10] = (1.1 * x[6] + 1.9) / x[4] - 1;
    return 0.7854 * x[0] * x[1] * x[1] * (3.3333 * x[2] * x[2] + 14.9334 * x[2] - 43.0934) - 1.508 * x[0] * (x[5] * x[5] + x[6] * x[6]) +
           7.4777 * (std::pow(x[5], 3) + std::pow(x[6], 3)) + 0.7854 * (x[3] * x[5] * x[5] + x[4] * x[6] * x[6]);
}

double pressure_vessel(const double *x, double *g)
{
    const double pi = std::acos(-1.0);
    g[0] = -x[0] + 0.0193 * x[2];
    g[1] = -x[1] + 0.00954 * x[2];
    g[2] = -pi * x[2] * x[2] * x[3] - 4.0 / 3 * pi * x[2] * x[2] * x[2] + 1296000;
    g[3] = x[3] - 240;
    return 0.6224 * x[0] * x[2] * x[3] + 1.7781 * x[1] * x[2] * x[2] + 3.1661 * x[0] * x[0] * x[3] + 19.84 * x[0] * x[0] * x[2];
}

} // namespace

std::vector<constrained_problem> constrained_problems()
{
    return {{"G01", numbers(13, 0), joined(numbers(9, 1), {100, 100, 100, 1}), 9, -15, g01},
            {"G04", {78, 33, 27, 27, 27}, {102, 45, 45, 45, 45}, 6, -30665.53867178332, g04},
            {"G05", {0, 0, -0.55, -0.55}, {1200, 1200, 0.55, 0.55}, 8, 5126.4967140071, g05},
            {"G06", {13, 0}, {100, 100}, 2, -6961.81387558015, g06},
            {"G07", numbers(10, -10), numbers(10, 10), 8, 24.30620906818, g07},
            {"G08", {0, 0}, {10, 10}, 2, -0.0958250414180359, g08},
            {"G09", numbers(7, -10), numbers(7, 10), 4, 680.630057374402, g09},
            {"G10", joined({100, 1000, 1000}, numbers(5, 10)), joined(numbers(3, 10000), numbers(5, 1000)), 6, 7049.24802052867, g10},
            {"G11", {-1, -1}, {1, 1}, 2, 0.7499, g11},
            {"G13", {-2.3, -2.3, -3.2, -3.2, -3.2}, {2.3, 2.3, 3.2, 3.2, 3.2}, 6, 0.053941514041898, g13},
            {"G18", joined(numbers(8, -10), {0}), joined(numbers(8, 10), {20}), 13, -0.866025403784439, g18},
            {"G24", {0, 0}, {3, 4}, 2, -5.50801327159536, g24},
            {"welded beam", {0.1, 0.1, 0.1, 0.1}, {2, 10, 10, 2}, 7, 1.72485230859737, welded_beam},
            {"spring", {0.05, 0.25, 2}, {2, 1.3, 15}, 4, 0.0126652327883195, spring},
            {"speed reducer", {2.6, 0.7, 17, 7.3, 7.3, 2.9, 5.0}, {3.6, 0.8, 28, 8.3, 8.3, 3.9, 5.5}, 11, 2994.4710661468, speed_reducer},
            {"pressure vessel", {0.0625, 0.0625, 10, 10}, {6.1875, 6.1875, 200, 200}, 4, 5885.33277361647, pressure_vessel}};
}
