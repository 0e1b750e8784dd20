using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.StrangeLoop;

namespace RanCognition.Native.Exports;

/// <summary>
/// Loops that contain a model of themselves: fixed points with certificates; predictions of a loop's own effect that are checked and corrected within proven bounds; control functions (xApps, SON
/// functions) that work against each other, found, measured and damped.
/// </summary>
[HeaderChapter(38, "Strange loop")]
internal static unsafe class StrangeLoopExports
{
    internal const string TypeName = "rancog_strange_loop";

    /// <summary>Creates a strange-loop core.</summary>
    /// <remarks>
    /// Options, all optional: aci_step (step of adaptive conformal inference, above 0 and at most 1, 0.05) and levels (0..3, 2: 0 predictions are taken as they are, 1 they are corrected, 2 the corrections tune
    /// themselves, 3 the tuning tunes its own patience). A field that is not known is not used; every result names it in ignored.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock and progress. May be NULL. Copied.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_strange_loop_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_create", CallConvs = [typeof(CallConvCdecl)])]
    public static StrangeLoopHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            StrangeLoopCore core = new(JsonIn.StrangeLoopOptions(text, "options"), NativeHost.From(host));
            return new StrangeLoopHandle(HandleTable.Create(HandleKind.StrangeLoop, core));
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a core. Safe while another thread uses it: that call finishes first, later ones get RANCOG_E_INVALID_HANDLE.</summary>
    /// <param name="self">Handle from rancog_strange_loop_create. May be NULL.</param>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(StrangeLoopHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.StrangeLoop, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Seeks x = F(x) for a map F that is built in.</summary>
    /// <remarks>
    /// The request: map {"type":"linear", matrix [[..]], offset [..]} (F(x) = matrix x + offset), {"type":"load_coupling", network} (a network as rancog_optimization_evaluate_network takes it; x are the loads of its cells, F those that they bring about) or
    /// {"type":"expression", variables [names], expressions [one a variable]} (+ - * / ^, parentheses, sin cos tan asin acos atan atan2 sinh cosh tanh exp ln log log2 log10 sqrt cbrt pow mod abs min max floor ceil sign step, if(condition, a, b), comparisons that give 1 or 0, pi, e); x0 (where to begin, zeros), method "auto" | "picard" (x = F(x), again and again) | "aitken" |
    /// "anderson" | "newton" ("auto"), tolerance (largest |F(x) - x| of a component that counts as a fixed point, 1e-10), max_iterations (steps, 1..10^7, 1000), anderson_depth (1..50, 5), jacobian [[..]] (of F, the same everywhere, for Newton's method), deadline_ns (time of the call).
    /// The result: state "CONVERGED" (the residual is within the tolerance), "DESCENDING" (the budget ended while the residual was falling), "OSCILLATING" (plain steps run in a cycle of period steps), "DIVERGING" (the iteration leaves every bound), "INFEASIBLE" (there is no fixed point; proven) or "INCOMPLETE" (none of these could be said),
    /// convergence (true = CONVERGED), x (the best point; null when infeasible), iterations (steps), evaluations (of F), residual (largest |F(x) - x|), contraction (factor by which a plain step near x shortens distances, largest component), error_bound (largest distance of a component of x from the fixed point) with error_bound_kind "proven" | "estimated",
    /// spectral_radius (of the slopes of F at x; of the asymptotic slopes when infeasible), period (of plain steps that run in a cycle), critical_scale (of load coupling: largest factor of the traffic with finite loads), history (residual at the start and after each step, at most 1000), method (that was used), reason, ignored, execution_time. What is not known is null.
    /// An accelerated step is kept only when the residual falls. Methods: Aitken (Irons and Tuck 1969), Anderson 1965 (Walker and Ni 2011), Newton; load coupling: Siomina and Yuan 2012.
    /// </remarks>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <param name="request">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="requestLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_solve", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Solve(StrangeLoopHandle self, byte* request, nuint requestLength)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            FixedPointRequest question = JsonIn.FixedPointRequest(NativeInput.Require(request, requestLength, "request"), "request");
            return ResultBuffer.Write(call.Core.Solve(question), JsonOut.FixedPointResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Seeks x = F(x) for a function of the host's.</summary>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <param name="request">UTF-8 JSON object as rancog_strange_loop_solve takes it, with x0 and without map. May be freed after the call.</param>
    /// <param name="requestLength">Its length in bytes.</param>
    /// <param name="fn">Evaluates F.</param>
    /// <param name="userData">Passed to fn as it is. May be NULL.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. As rancog_strange_loop_solve. On failure the error JSON (also RANCOG_E_INVALID_ARGUMENT naming fn when it gives another number than 0, or a value that is not a number
    /// where it cannot be avoided). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_solve_with", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* SolveWith(
        StrangeLoopHandle self,
        byte* request,
        nuint requestLength,
        [CCallback(
            "int32_t (*rancog_map)(const double *x, size_t n, double *fx, void *user_data)",
            "Writes the n numbers of F at the point x of n numbers. Gives 0; any other number means that F cannot be evaluated there and ends the call. A number that was not written is not a number. It may use every handle but the "
            + "one whose call it serves (RANCOG_E_BUSY).")]
        delegate* unmanaged[Cdecl]<double*, nuint, double*, void*, int> fn,
        void* userData)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            FixedPointRequest question = JsonIn.FixedPointRequest(NativeInput.Require(request, requestLength, "request"), "request");
            CallbackEvaluator.Check(fn);
            return ResultBuffer.Write(call.Core.SolveWith(question, new CallbackMap(fn, question.X0?.Length ?? 0, userData)), JsonOut.FixedPointResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Tells what happened since a loop last spoke, and what it expects next; gives that prediction as the loop's own record corrects it.</summary>
    /// <remarks>
    /// The observation: loop_id, time_ns (the clock's by default; it must not go back within a loop), observed {metric: number} (closes the open prediction of each metric; one without an open prediction is an error), predict {metric: {mean, lower, upper, coverage (0.95)}}
    /// (opens the next, in place of one that was not observed), experts {name: {metric: number}} (what each model of the loop expects; all of the same metrics), actions (changes {managedObject, attribute, before, after} that go with the prediction). What was observed is taken first.
    /// The reply: corrected {metric: {mean, lower, upper}} (mean: the experts' mixture, or else the prediction's, times gain plus bias; null bound = unbounded; empty true = no value is covered), bias, gain and interval_scale {metric: number} (null = unbounded), weights {expert: number} applied to the
    /// experts of this call, regret {value, bound, steps} (loss of the mixture minus that of the best expert, and AdaHedge's bound: it is never above), coverage {value, target, bound, steps} (share that the corrected intervals held; |value - target| is never above the bound), level (the deepest
    /// that has a part in these numbers: 0 the predictions as they are, 1 corrections, 2 tuned corrections, 3 tuned patience), ignored, execution_time. regret and coverage are null before a step is closed; coverage is that of the metric of the call, or of all metrics of the loop together. Another set of experts, or
    /// another coverage of a metric, begins a new record. Intervals: adaptive conformal inference (Gibbs and Candes 2021); weights: AdaHedge (de Rooij, van Erven, Gruenwald and Koolen 2014), loss = mean absolute error over the metrics.
    /// </remarks>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <param name="observation">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="observationLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT), and the core is as before. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_observe", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Observe(StrangeLoopHandle self, byte* observation, nuint observationLength)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            LoopObservation told = JsonIn.LoopObservation(NativeInput.Require(observation, observationLength, "observation"), "observation");
            return ResultBuffer.Write(call.Core.Observe(told), JsonOut.LoopReply);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Finds commands of different control functions that work against each other, and functions that chase each other.</summary>
    /// <remarks>
    /// The request: commands [{source, command, targetParameter, targetValue, targetCell, timestamp, controlTimespan}] (in force in [timestamp, timestamp + controlTimespan); numbers are ns, strings "Wed Jan 01 00:00:00.000 2020" or ISO 8601, and milliseconds), groups [{groupName, parameters [{changeTarget, parameterName}]}]
    /// (parameters that work on the same thing), kpis [{cell, metric, time_ns, value, better "high" | "low"}], loops {names, gain [[..]]} (change of row's function per unit change of column's) or {names, changes [[..]]} (change that each made, period by period; the gain is its least-squares map from one period to the next), keep (true: the commands stay
    /// known until they end, by time_ns or the latest timestamp, and are compared with those of later requests; places count on; groups that are left out are those of the request before).
    /// The report: conflicts [{conflictType "direct" (same parameter and cell, different values) | "indirect" (different parameters of one group, same cell) | "implicit" (a KPI of a target cell is worse while both are in force than before either, and than while only the earlier was: Welch's t, one-sided, p &lt; 0.001 each, at least 5 samples each), sources, groupName, targetCell, commands
    /// [two places], kpi {metric, before, earlier_only, both, p_value}, loop_gain, advice {damping} | {precedence}}] for pairs of commands of different sources whose spans overlap, at most 100000 (truncated true = there are more); loop_gain_matrix {name: {name: gain}}, eigenvalues, spectral_radius, advice {kind "none" | "damping" (damping: factor of every
    /// change; limit: it must stay below, 2 (1 - Re l) / |1 - l|^2 over the eigenvalues l) | "precedence" (order; no damping helps)}, null without loops; first_command, live, ignored, execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <param name="request">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="requestLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_CANCELLED), and the core is as before. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_detect_conflicts", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* DetectConflicts(StrangeLoopHandle self, byte* request, nuint requestLength)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            ConflictRequest question = JsonIn.ConflictRequest(NativeInput.Require(request, requestLength, "request"), "request");
            return ResultBuffer.Write(call.Core.DetectConflicts(question), JsonOut.ConflictReport);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Everything that the core believes about itself: records of its loops, corrections, weights, what it tuned and why, commands that it keeps.</summary>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free; rancog_strange_loop_restore takes its JSON. On failure the error JSON (RANCOG_E_INVALID_HANDLE; RANCOG_E_BUSY). NULL only when memory is exhausted.</returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_get_state", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetState(StrangeLoopHandle self)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            return ResultBuffer.Write(call.Core.GetState(), JsonOut.StrangeLoopState);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Believes again what a state says, and goes on with its aci_step and levels; what was known before is forgotten. The same calls then give the same bytes as they did where the state was taken.</summary>
    /// <param name="self">Handle from rancog_strange_loop_create.</param>
    /// <param name="state">JSON of rancog_strange_loop_get_state. May be freed after the call.</param>
    /// <param name="stateLength">Its length in bytes.</param>
    /// <returns>RANCOG_OK; RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_INVALID_HANDLE. On failure the core is as before.</returns>
    [Since("0.7")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_strange_loop_restore", CallConvs = [typeof(CallConvCdecl)])]
    public static int Restore(StrangeLoopHandle self, byte* state, nuint stateLength)
    {
        try
        {
            using Call<StrangeLoopCore> call = Gate.Enter<StrangeLoopCore>(self.Value, HandleKind.StrangeLoop, TypeName);
            call.Core.Restore(JsonIn.StrangeLoopState(NativeInput.Require(state, stateLength, "state", int.MaxValue), "state"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }
}
