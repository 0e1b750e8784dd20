#include <cmath>
#include <kinsol/kinsol.h>
#include <nvector/nvector_serial.h>
#include <sunlinsol/sunlinsol_dense.h>
#include <sunmatrix/sunmatrix_dense.h>

#include "peers.hpp"

namespace {

struct task {
    const test_map &map;
    bool difference; /* F(x) - x, of which Newton's method seeks the zero, and not F(x) */
};

int evaluate(N_Vector x, N_Vector result, void *user_data)
{
    const task &asked = *static_cast<const task *>(user_data);
    double *values = N_VGetArrayPointer(result);
    const double *point = N_VGetArrayPointer(x);
    asked.map.next(point, values);
    for (size_t i = 0; i < asked.map.size; i++) {
        values[i] -= asked.difference ? point[i] : 0;
        if (!std::isfinite(values[i])) {
            return 1; /* it may try another point */
        }
    }
    return 0;
}

void say_nothing(int, const char *, const char *, char *, void *)
{
}

} // namespace

peer_answer ask_kinsol(const test_map &map, const std::string &method, double tolerance)
{
    task asked = {map, method == "newton"};
    SUNContext context;
    SUNContext_Create(nullptr, &context);
    N_Vector x = N_VNew_Serial(static_cast<sunindextype>(map.size), context), ones = N_VClone(x);
    N_VConst(0, x);
    N_VConst(1, ones);
    void *solver = KINCreate(context);
    SUNMatrix matrix = nullptr;
    SUNLinearSolver linear = nullptr;
    KINSetErrHandlerFn(solver, say_nothing, nullptr);
    KINSetUserData(solver, &asked);
    KINSetNumMaxIters(solver, 1000);
    KINSetMAA(solver, method == "anderson" ? 5 : 0);
    KINInit(solver, evaluate, x);
    KINSetFuncNormTol(solver, tolerance);
    KINSetScaledStepTol(solver, 1e-15);
    KINSetMaxNewtonStep(solver, 1e6); /* by default it is 1 from zeros: too short to arrive */
    if (asked.difference) {
        matrix = SUNDenseMatrix(static_cast<sunindextype>(map.size), static_cast<sunindextype>(map.size), context);
        linear = SUNLinSol_Dense(x, matrix, context);
        KINSetLinearSolver(solver, linear, matrix);
        KINSetMaxSetupCalls(solver, 1); /* slopes anew in each step, as ours */
    }
    const int status = KINSol(solver, x, asked.difference ? KIN_LINESEARCH : KIN_FP, ones, ones);
    peer_answer answer = {status == KIN_SUCCESS || status == KIN_INITIAL_GUESS_OK, 0, 0, numbers(N_VGetArrayPointer(x), N_VGetArrayPointer(x) + map.size)};
    KINGetNumNonlinSolvIters(solver, &answer.steps);
    KINGetNumFuncEvals(solver, &answer.evaluations);
    if (asked.difference) {
        long slopes = 0;
        KINGetNumLinFuncEvals(solver, &slopes);
        answer.evaluations += slopes;
        SUNLinSolFree(linear);
        SUNMatDestroy(matrix);
    }
    KINFree(&solver);
    N_VDestroy(x);
    N_VDestroy(ones);
    SUNContext_Free(&context);
    return answer;
}
