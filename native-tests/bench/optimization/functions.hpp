/* Eight of the 24 BBOB functions, for the peers; the library has its own. Source: Hansen, Finck, Ros, Auger, RR-6829 (2009). */
#ifndef OPTIMIZATION_FUNCTIONS_HPP
#define OPTIMIZATION_FUNCTIONS_HPP

#include <cstddef>
#include "numbers.hpp"

/* f_opt of any of the 24. */
double least_value(int id, int instance);

class test_function {
public:
    test_function(int id, int dimension, int instance);

    static bool has(int id);                /* 1, 8, 10, 13, 15, 17, 20, 21 */
    static const char *name_of(int id);     /* of any of the 24 */

    double operator()(const double *x);     /* not by two threads at a time: it has scratch vectors */

    const int id;
    const size_t dimension;
    const double f_opt;

private:
    struct hill {
        double height;
        numbers place, weights;
    };

    double sphere(const double *x) const;
    double rosenbrock(const double *x);
    double ellipsoid(const double *x);
    double sharp_ridge(const double *x);
    double rastrigin(const double *x);
    double schaffer(const double *x);
    double schwefel(const double *x) const;
    double gallagher(const double *x);

    void move_and_turn(const double *x, const numbers &matrix);
    double outside(const double *x) const;
    double share(size_t i) const { return static_cast<double>(i) / static_cast<double>(dimension - 1); }

    numbers place_, weights_, first_, second_; /* matrices row by row */
    numbers moved_, z_;
    std::vector<hill> hills_;
};

#endif
