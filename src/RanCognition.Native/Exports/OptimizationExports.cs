using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Native.Boundary;
using RanCognition.Optimization;

namespace RanCognition.Native.Exports;

/// <summary>
/// What to set: searches over knobs of every kind (real, stepped, out of a list, on/off, category) under constraints, for one or several objectives, and problems of self-organising networks that are ready
/// to solve on a radio network model of the library's own.
/// </summary>
[HeaderChapter(37, "Optimization")]
internal static unsafe class OptimizationExports
{
    internal const string TypeName = "rancog_optimization";

    /// <summary>Creates an optimization core.</summary>
    /// <remarks>Options, all optional: seed (of problems that give none, 0) and threads (of problems that give none, 1..1024, 1). A field that is not known is not used; every result names it in ignored.</remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock and progress. May be NULL. Copied.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_optimization_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_create", CallConvs = [typeof(CallConvCdecl)])]
    public static OptimizationHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            OptimizationCore core = new(JsonIn.OptimizationOptions(text, "options"), NativeHost.From(host));
            return new OptimizationHandle(HandleTable.Create(HandleKind.Optimization, core));
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a core. Safe while another thread uses it: that call finishes first, later ones get RANCOG_E_INVALID_HANDLE.</summary>
    /// <param name="self">Handle from rancog_optimization_create. May be NULL.</param>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(OptimizationHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Optimization, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Solves a problem whose points the library can evaluate itself: a problem type on a network, or a test function.</summary>
    /// <remarks>
    /// The problem: variables [{name, type "real" | "integer" | "ordered" | "binary" | "category", lower, upper, step, values, initial, max_change}] (step counts from lower; values: numbers of an ordered one, names of a category, whose
    /// value in x is the 0-based place in the list; max_change: largest distance from initial), objectives [{name, sense "min" | "max"}], constraints [{name}] (each holds when its value is at most 0), budget {evaluations (1000 a variable, at most
    /// 100000, by default), deadline_ns}, target (value of the first objective at which the search stops), seed, threads (used where the library evaluates), starts [[x]] (points evaluated first, after the one of all initial values),
    /// best_known (value that the score refers to), reference_point (corner of the hypervolume; by default the worst values on the front), and one of function {suite "bbob", id 1..24, dimension 2..40, instance} (variables x1..xn in [-5, 5], objective f) and
    /// problem_type with what it works on: "CCO", "MLB", "ES" (network, see rancog_optimization_evaluate_network, and limits), "PCI" (pci {cells, relations, weights, values, present, confusion}), "SLICE" (slices), "MRO" (mobility, network).
    /// Variables, objectives and constraints of a problem type are its own: CCO tilts (and powers, between limits.power_min and power_max) for the largest utility; MLB cell individual offsets out of limits.cio_values for the smallest largest load; ES cells on
    /// or off for the least energy under limits.max_load, coverage_loss and p5_loss (null = no constraint). include_map true adds the network as a map.
    /// The result: best {x, values {objective: value}, f, feasible, constraints [{name, value, slack}]}, evaluations (failed_evaluations among them), stopped ("target", "budget", "deadline", "converged", "exact", "cancelled"), optimization_score ((first -
    /// best) / (first - bound), 0..1), bound {value, kind "proven" | "enumerated" | "best_known"}, trace [{evaluations, f}], pareto [{x, f}] and hypervolume for several objectives, sensitivity {variable: share of the variance of the first objective that it
    /// explains by itself over the points evaluated}, arms {strategy: evaluations}, infeasible_subset (when no evaluated point was feasible: a smallest set of constraints that none satisfied together; a proof when stopped is "exact"), and of problem types
    /// actions [{managedObject, attribute, before, after}] (what changes) and expected {metric: {before, after}}; ignored, execution_time. The same problem and seed give the same result at any number of threads; with deadline_ns they do not.
    /// Sources: Hansen 2016 (CMA-ES), Brest and others 2006 (jDE), Beume and others 2007 (SMS-EMOA), Nocedal and Wright 2006 (quasi-Newton, SQP), Dufosse and Hansen 2020 (augmented Lagrangian), Takahama and Sakai 2006 (epsilon rule), Brelaz 1979 (DSATUR).
    /// </remarks>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="problem">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place, or when every evaluation failed; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT;
    /// RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_optimize", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Optimize(OptimizationHandle self, byte* problem, nuint problemLength)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            OptimizationProblem question = JsonIn.OptimizationProblem(NativeInput.Require(problem, problemLength, "problem"), "problem");
            return ResultBuffer.Write(call.Core.Optimize(question), JsonOut.OptimizationResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Solves a problem whose points the host evaluates, one at a time, on the calling thread.</summary>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="problem">UTF-8 JSON object with variables and objectives, without function, network and problem_type. May be freed after the call.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <param name="fn">Evaluates one point.</param>
    /// <param name="userData">Passed to fn as it is. May be NULL.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. As rancog_optimization_optimize. NULL only when memory is exhausted.</returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_optimize_with", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* OptimizeWith(
        OptimizationHandle self,
        byte* problem,
        nuint problemLength,
        [CCallback(
            "int32_t (*rancog_evaluator)(const double *x, size_t n, double *objectives, size_t n_objectives, double *constraints, size_t n_constraints, void *user_data)",
            "Evaluates the point x of n numbers: writes its objectives, each in its own sense, and its constraints, each of which holds when it is at most 0. Gives 0; any other number, an objective that "
            + "is not finite, a constraint that is not a number, or a value that was not written means that this point failed: it is counted and the search goes on. It may use every handle but the one whose call it serves (RANCOG_E_BUSY).")]
        delegate* unmanaged[Cdecl]<double*, nuint, double*, nuint, double*, nuint, void*, int> fn,
        void* userData)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            OptimizationProblem question = JsonIn.OptimizationProblem(NativeInput.Require(problem, problemLength, "problem"), "problem");
            CallbackEvaluator.Check(fn);
            return ResultBuffer.Write(call.Core.OptimizeWith(question, new CallbackEvaluator(fn, userData)), JsonOut.OptimizationResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Solves a problem whose points the host evaluates, many in one call where they do not depend on each other: for evaluators that have threads or a GPU of their own.</summary>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="problem">As rancog_optimization_optimize_with takes it.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <param name="fn">Evaluates points.</param>
    /// <param name="userData">Passed to fn as it is. May be NULL.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. As rancog_optimization_optimize; the points are the same as those of rancog_optimization_optimize_with. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_optimize_with_batch", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* OptimizeWithBatch(
        OptimizationHandle self,
        byte* problem,
        nuint problemLength,
        [CCallback(
            "int32_t (*rancog_batch_evaluator)(const double *x, size_t rows, size_t n, double *objectives, size_t n_objectives, double *constraints, size_t n_constraints, void *user_data)",
            "Evaluates rows points of n numbers each, row by row in x: writes n_objectives and n_constraints numbers a row, as rancog_evaluator does. A point fails by such a value as there; any "
            + "number but 0 as the answer means that all of these points failed.")]
        delegate* unmanaged[Cdecl]<double*, nuint, nuint, double*, nuint, double*, nuint, void*, int> fn,
        void* userData)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            OptimizationProblem question = JsonIn.OptimizationProblem(NativeInput.Require(problem, problemLength, "problem"), "problem");
            CallbackEvaluator.Check(fn);
            BatchCallbackEvaluator evaluator = new(fn, userData, question.Objectives.Count, question.Constraints.Count);
            return ResultBuffer.Write(call.Core.OptimizeWith(question, evaluator), JsonOut.OptimizationResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Begins a search in which the host asks for points and tells what they gave, in its own time. What was begun before is given up.</summary>
    /// <remarks>deadline_ns counts from here.</remarks>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="problem">As rancog_optimization_optimize_with takes it.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <returns>RANCOG_OK; RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_INVALID_HANDLE. On failure what was begun before goes on.</returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_begin", CallConvs = [typeof(CallConvCdecl)])]
    public static int Begin(OptimizationHandle self, byte* problem, nuint problemLength)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            call.Core.Begin(JsonIn.OptimizationProblem(NativeInput.Require(problem, problemLength, "problem"), "problem"));
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>The points that the search wants to know next.</summary>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="x">Room for capacity points of n numbers, n being the variables of the problem. Gets them row by row.</param>
    /// <param name="capacity">Points for which there is room, at least 1.</param>
    /// <param name="rows">Out: the number of points; 0 = the search is over. Until they are told the same points are given again.</param>
    /// <returns>RANCOG_OK; RANCOG_E_INVALID_ARGUMENT; RANCOG_E_NOT_FOUND when nothing was begun; RANCOG_E_INVALID_HANDLE. Nothing is written on failure.</returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_ask", CallConvs = [typeof(CallConvCdecl)])]
    public static int Ask(OptimizationHandle self, double* x, nuint capacity, nuint* rows)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            int most = (int)Math.Min(capacity, OptimizationLimits.TellRowsMax);
            Span<nuint> count = NativeInput.Room(rows, 1, "rows");
            Span<double> room = NativeInput.Room(x, (nuint)most * (nuint)call.Core.Dimension, capacity == 0 ? "capacity" : "x");
            count[0] = (nuint)call.Core.Ask(room);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>What points gave: those asked for, in any order, and others, from which the search learns too.</summary>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="x">rows points of n numbers, row by row; each within the bounds and on its grid.</param>
    /// <param name="objectives">Their objectives, each in its own sense; NaN = the point failed.</param>
    /// <param name="constraints">Their constraints. May be NULL when the problem has none.</param>
    /// <param name="rows">Points, at least 1.</param>
    /// <returns>RANCOG_OK; RANCOG_E_INVALID_ARGUMENT, which names the point; RANCOG_E_NOT_FOUND when nothing was begun; RANCOG_E_INVALID_HANDLE. Nothing is learned on failure.</returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_tell", CallConvs = [typeof(CallConvCdecl)])]
    public static int Tell(OptimizationHandle self, double* x, double* objectives, double* constraints, nuint rows)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            OptimizationCore core = call.Core;
            if (rows is 0 or > OptimizationLimits.TellRowsMax)
            {
                InvalidInputException.Throw("rows", $"{rows}, must be 1..{OptimizationLimits.TellRowsMax}");
            }
            ReadOnlySpan<double> points = NativeInput.Samples(x, rows * (nuint)core.Dimension, "x");
            ReadOnlySpan<double> values = NativeInput.Samples(objectives, rows * (nuint)core.ObjectiveCount, "objectives");
            ReadOnlySpan<double> limits = core.ConstraintCount == 0 ? default : NativeInput.Samples(constraints, rows * (nuint)core.ConstraintCount, "constraints");
            core.Tell(points, values, limits);
            return Status.Ok;
        }
        catch (Exception error)
        {
            return Failure.Record(error);
        }
    }

    /// <summary>What the search that was begun knows by now; at any time.</summary>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <returns>
    /// Result buffer as rancog_optimization_optimize gives it, owned by the caller; release with rancog_buffer_free. stopped is "cancelled" while the search is not over. On failure the error JSON (RANCOG_E_NOT_FOUND when nothing
    /// was begun). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_result", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Result(OptimizationHandle self)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            return ResultBuffer.Write(call.Core.Result(), JsonOut.OptimizationResult);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>What a radio network gives: loads at their fixed point, throughput, coverage, energy.</summary>
    /// <remarks>
    /// The network: layout {type "hexagonal", sites 1 | 7 | 19, inter_site_distance_m, wraparound} or sites [{x, y, height_m}] (m), propagation {model "UMa" | "UMi", frequency_ghz 0.5..100, seed, shadowing} (3GPP TR 38.901: line of sight, path loss,
    /// shadowing, building entry), users {count (1000), seed, indoor_share (0.8)} or points [{x, y, weight, indoor}]; or links {loss_db, azimuth_deg, zenith_deg [user][site], weights}; antenna {model "TR38901" | "TR36814" | "omni", rows}, bandwidth_mhz, noise_figure_db, efficiency {bandwidth,
    /// sinr}, traffic_mbps (of all users together, shared by weight), cells [{azimuth_deg, tilt_deg (zenith angle of the beam, 90 = horizontal), power_dbm, on, cio_db, site, carrier}] (site by site; default three sectors at 30, 150, 270 degrees), carriers
    /// [{frequency_ghz, bandwidth_mhz}], energy {active_w, load_w, sleep_w}, coverage_rsrp_dbm. Loads are those of Siomina and Yuan 2012: each cell's load is what its users ask over what they get while all others interfere by theirs.
    /// The result: feasible (a finite load vector exists), critical_scale (largest factor of the traffic for which one does; null = any), loads (null when not feasible, like everything that depends on them), overloaded_cells (0-based, load above 1),
    /// throughput_mbps {p5, p50, mean}, utility (weighted mean of ln of the users' rate in bit/s), energy_w, uncovered_share, geometry_db (signal over interference with all cells at full load, without noise) and coupling_loss_db (antenna gain minus loss) {p5, p50, p95}, iterations, ignored, execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_optimization_create.</param>
    /// <param name="network">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="networkLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.6")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_optimization_evaluate_network", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* EvaluateNetwork(OptimizationHandle self, byte* network, nuint networkLength)
    {
        try
        {
            using Call<OptimizationCore> call = Gate.Enter<OptimizationCore>(self.Value, HandleKind.Optimization, TypeName);
            NetworkModel model = JsonIn.NetworkModel(NativeInput.Require(network, networkLength, "network"), "network");
            return ResultBuffer.Write(call.Core.EvaluateNetwork(model), JsonOut.NetworkEvaluation);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }
}
