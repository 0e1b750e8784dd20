using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RanCognition.Contracts;
using RanCognition.Json;
using RanCognition.Modules;
using RanCognition.Native.Boundary;

namespace RanCognition.Native.Exports;

/// <summary>
/// Decisions that an engineer can check, undo and learn from: from a problem, or a TS 28.312 intent, to changes of attributes with what is expected of them, guards that may veto, a plan to take them back, and
/// an outcome that is watched and learned from.
/// </summary>
[HeaderChapter(39, "Cognition")]
internal static unsafe class CognitiveExports
{
    internal const string TypeName = "rancog_cognitive";

    /// <summary>Creates a cognitive core.</summary>
    /// <remarks>
    /// Options, all optional: path (an SQLite file; journal of decisions, memory and history live in it and outlast the process; without it they live in the process), record_to (a file that every call is
    /// appended to, for rancog_cognitive_replay; a new one, or a record. Calls that are refused for a pointer or a length alone are not in it), seed (of decisions that give none; the host's random numbers), max_message_bytes (largest message of rancog_cognitive_ingest, 1..2147483647, 67108864). A field that is not known is not used; every result names it in ignored.
    /// A decision that was returned is in the file, on the device; what was learned is computed again from there.
    /// </remarks>
    /// <param name="options">UTF-8 JSON object. NULL with length 0 means the defaults.</param>
    /// <param name="optionsLength">Its length in bytes.</param>
    /// <param name="host">Clock, random numbers and progress. May be NULL. Copied.</param>
    /// <returns>
    /// Handle owned by the caller; release with rancog_cognitive_destroy. NULL on failure (RANCOG_E_INVALID_ARGUMENT; RANCOG_E_INVALID_JSON; RANCOG_E_BUSY when another process, or another
    /// handle, has the file; RANCOG_E_STORAGE when the device fails; RANCOG_E_LIMIT beyond 1048576 live handles).
    /// </returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_create", CallConvs = [typeof(CallConvCdecl)])]
    public static CognitiveHandle Create(byte* options, nuint optionsLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            ReadOnlySpan<byte> text = NativeInput.Optional(options, optionsLength, "options");
            CognitiveSession session = new(JsonIn.CognitiveOptions(text, "options"), NativeHost.From(host));
            try
            {
                return new CognitiveHandle(HandleTable.Create(HandleKind.Cognitive, session));
            }
            catch
            {
                session.Dispose();
                throw;
            }
        }
        catch (Exception error)
        {
            Failure.Record(error);
            return default;
        }
    }

    /// <summary>Destroys a core. Safe while another thread uses it: that call finishes first, later ones get RANCOG_E_INVALID_HANDLE.</summary>
    /// <param name="self">Handle from rancog_cognitive_create. May be NULL.</param>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_destroy", CallConvs = [typeof(CallConvCdecl)])]
    public static void Destroy(CognitiveHandle self)
    {
        try
        {
            Gate.Enter();
            HandleTable.Destroy(self.Value, HandleKind.Cognitive, TypeName);
        }
        catch (Exception error)
        {
            Failure.Record(error);
        }
    }

    /// <summary>Decides: what ails the network, what could be changed, what would come of it, and whether it may be done.</summary>
    /// <remarks>
    /// The problem: members of a problem as rancog_temporal_expand_subjective_time takes it (id, network_id, problem_type, current_state, objectives, constraints, history, horizon_ns, deadline_ns, seed), or an intent of TS 28.312 (intentExpectations), and all optional: mode "SHADOW" (recorded only) | "ASSIST" (the host confirms; default) | "AUTONOMOUS" (the host executes without asking),
    /// candidates [[{managedObject, attribute, after}]] (what to choose from; else the library proposes), network (as rancog_optimization_evaluate_network takes it: the model that tells what changes bring), configuration {managedObject:{attribute:value}} (present settings), protected [managedObject], guards {NAME: settings | false}, time_ns (of the decision; the clock's), observe_ns (how long the outcome is watched; the horizon, else four periods of the history, at least 15 minutes), rollback_condition (an expression), target_probability (0..1, 0.9: a candidate that reaches
    /// it is chosen by the objective), commands (of other control functions, as rancog_strange_loop_detect_conflicts takes them). Targets are the problem's constraints and the second argument's. Doing nothing is always among the alternatives. History that was ingested for the network_id is used where the problem brings none.
    /// Relations: counters per period in history under "NRCellRelation=1-2/MM.HoExeInterReq" (or ..IntraReq), "/HO.IntraSys.TooLate", ".TooEarly", ".ToWrongCell", ".PingPong": the last 24 periods are judged; 5 % of the attempts is a fault, below 2 % is healthy. Attributes: cellIndividualOffset (dB, Q-OffsetRange of TS 38.331), a3Offset and hysteresis (dB, steps of 0.5), timeToTrigger (ms, TS 38.331), digitalTilt (0.1 degree), configuredMaxTxPower (dBm), administrativeState,
    /// energySavingState.
    /// Objects may have distinguished names, as files of measurements have them: the last part tells a cell or a relation, and what stands before it whose it is, so that cell 1 of one gNB is not cell 1 of another. "ManagedElement=A,GNBCUCPFunction=1,NRCellCU=1,NRCellRelation=2" is from that NRCellCU to cell 2 of A. Causes and actions name objects as the history does. protected goes by the last part alone.
    /// Cells of network are NRCellDU=1.. without more.
    /// Cells are judged by their own history: PRB use, active users, connection set-ups, traffic volume (overload, outage), block errors, CQI, SINR, received interference (interference), RSRP, re-establishments (coverage hole); a service that collapsed without such a cause is "unknown". The names are those of TS 28.552 with the object in front
    /// ("NRCellDU=1/RRU.PrbTotDl").
    /// Guards, by name: NOT_ALLOWED {attributes}, PROTECTED_CELL, TARGET_ASLEEP, TARGET_RECENTLY_WOKEN {min_ns 1800000000000}, INSUFFICIENT_SAMPLES {min_attempts 50}, PACING {min_interval_ns 3600000000000} (per managed object, since an executed decision), AT_BOUND {attribute: [least, largest]}, MAX_CHANGE {attribute: number}, CONFLICT, CONSTRAINT (a candidate must not break what holds without it, nor make worse what fails; progress towards a limit is let through), LOW_CONFIDENCE {min 0.5}. A veto takes out the changes that it concerns (the last two: all of them), and is never outweighed.
    /// The result: decision_id (from 1), mode, problem_type, cause {name ("too_late", "too_early", "wrong_cell", "ping_pong", "healthy", "overload", "interference", "outage", "coverage_hole" or "unknown"), confidence, managedObject, tests}, causes, actions [{managedObject, attribute, before, after}] (none is a decision too), reason, alternatives [{actions, expected, p_all_targets, source, vetoes}], expected {metric: {p10, p50, p90}} when the outcome is watched, confidence (calibrated probability that all targets hold for the reported outcome), targets, evidence
    /// {similar [{id, distance, outcome}], sensitivities}, guards [{name, passed, reason}], rollback {condition, observe_ns, restore}, explanation [{text, fields}] (each number in a text is the value of one of its fields), infeasible {constraints} (ids of a smallest set that cannot hold together), consciousness_level, timing_ns, ignored [{field, reason}] (field is a JSON pointer into the problem, "/constraints/0"; one that begins with an index, "/0", into the second argument), execution_time. What is not known is null. deadline_ns costs futures, never a guard; where it leaves no time to build the model of a network that no decision was made about before, nothing is changed.
    /// </remarks>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <param name="problem">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <param name="constraints">UTF-8 JSON array of constraints: objects, or texts as in the problem. NULL with length 0 means none. May be freed after the call.</param>
    /// <param name="constraintsLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_STORAGE; RANCOG_E_CANCELLED), and nothing was decided. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_decide", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Decide(CognitiveHandle self, byte* problem, nuint problemLength, byte* constraints, nuint constraintsLength)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            return ResultBuffer.Copy(call.Core.Decide(NativeInput.Require(problem, problemLength, "problem"), NativeInput.Optional(constraints, constraintsLength, "constraints")));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Decides with the host's own model of its network as the judge of what changes bring.</summary>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <param name="problem">As rancog_cognitive_decide takes it; a network is used for proposals only.</param>
    /// <param name="problemLength">Its length in bytes.</param>
    /// <param name="constraints">As rancog_cognitive_decide takes it. NULL with length 0 means none.</param>
    /// <param name="constraintsLength">Its length in bytes.</param>
    /// <param name="fn">Tells what metrics would be.</param>
    /// <param name="userData">Passed to fn as it is. May be NULL.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. As rancog_cognitive_decide. NULL only when memory is exhausted.</returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_decide_with", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* DecideWith(
        CognitiveHandle self,
        byte* problem,
        nuint problemLength,
        byte* constraints,
        nuint constraintsLength,
        [CCallback(
            "int32_t (*rancog_what_if)(const uint8_t *question, size_t question_length, double *values, size_t n, void *user_data)",
            "Tells what n metrics would be after changes. The question is JSON: {\"actions\":[{managedObject, attribute, before, after}], \"metrics\":[names]}, no actions meaning the network as it is. Writes a value for each metric, in "
            + "their order; one that was not written, or is not a number, is not known, and the library's own expectation stands. Gives 0; any other number means that nothing can be told of these changes. It may use every handle but the one whose call it serves (RANCOG_E_BUSY).")]
        delegate* unmanaged[Cdecl]<byte*, nuint, double*, nuint, void*, int> fn,
        void* userData)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            CallbackEvaluator.Check(fn);
            CallbackWhatIf model = new(fn, userData);
            return ResultBuffer.Copy(call.Core.DecideWith(
                NativeInput.Require(problem, problemLength, "problem"), NativeInput.Optional(constraints, constraintsLength, "constraints"), model.Answer));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Tells what came of a decision. Once the time of observation is over it is judged, and learned from.</summary>
    /// <remarks>
    /// The outcome: decision_id, time_ns (the clock's by default), observed {metric: number}, executed (false: it was not; default: as the mode says, SHADOW decisions never are).
    /// The reply: verdict "WATCHING" (observe_ns has not passed since the decision), "ROLL_BACK" (the decision was executed and its rollback condition holds for what was observed; restore [{managedObject, attribute, after}] has the values to go back to) or "KEPT"; reason; surprise (mean distance of the observed values from p50, in units of half of p90 - p10; null = nothing that was expected was observed), targets_held, ignored, execution_time. A decision that was judged already keeps its
    /// verdict, and nothing is learned twice.
    /// </remarks>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <param name="outcome">UTF-8 JSON object. May be freed after the call.</param>
    /// <param name="outcomeLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_NOT_FOUND: there is no such decision; RANCOG_E_INVALID_ARGUMENT, which names the place; RANCOG_E_INVALID_JSON; RANCOG_E_STORAGE), and nothing was learned. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_report_outcome", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* ReportOutcome(CognitiveHandle self, byte* outcome, nuint outcomeLength)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            return ResultBuffer.Copy(call.Core.ReportOutcome(NativeInput.Require(outcome, outcomeLength, "outcome")));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Tells how to undo a decision, also after a crash: {decision_id, restore [{managedObject, attribute, after}], execution_time}, after being the value of before (null: it was not set). It may be asked again. The decision counts as rolled back from then on: an outcome that is reported later is judged as any other, but not learned from.</summary>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <param name="decision">decision_id of the decision.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_NOT_FOUND: there is no such decision; RANCOG_E_STORAGE). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_rollback", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Rollback(CognitiveHandle self, ulong decision)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            return ResultBuffer.Copy(call.Core.Rollback(decision));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>What the core knows of itself, over the decisions whose outcome was reported.</summary>
    /// <remarks>
    /// consciousness_level (1 - error of its own predictions of outcomes / error of persistence; null before there is one), calibration {ece (expected calibration error over ten equal bins of confidence), brier, count, bins}, coverage (share of observed values within the p10..p90 that were expected of what was executed), decisions {by mode, result and kind}, vetoes {guard: decisions}, regret (probability that the targets would have held without the actions minus whether they held, mean; below 0 = acting was better),
    /// integration {phi (integrated information of the metrics of the latest problem, nats, as of a stationary Gaussian process), partition (the two sides that it is least over), samples, exact, reason}, episodes, history_samples, ignored, execution_time.
    /// </remarks>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <returns>Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_HANDLE; RANCOG_E_BUSY). NULL only when memory is exhausted.</returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_get_state", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* GetState(CognitiveHandle self)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            return ResultBuffer.Copy(call.Core.GetState());
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Takes a message with measurements into the history, whole or not at all.</summary>
    /// <remarks>
    /// The formats, told apart by structure: VES perf3gpp (JSON), TS 32.435 and TS 28.532 measurement files (XML; no DTD), E2SM-KPM as JSON {timestamp (s), cells [{cell_metrics, ue_list}]}, and {rows [{time_ns, object, metric, value}]}.
    /// The report: format ("ves_perf3gpp", "ts32435_xml", "ts28532_xml", "e2sm_kpm" or "rows"), network_id (the measured entity, under which the samples are kept; of several, each has its own), objects and metrics (distinct ones of which a number was taken), samples (numbers taken), skipped [{what, why ("suspect", "bad_time", "missing_type", "empty" or "not_a_number"), count}], from_ns, to_ns, granularity_ns, ignored, execution_time. Each number is a sample of the
    /// metric "object/name" (an element of a list: "object/name[i]") at the end of its period. The newest 16384 samples of a series are kept.
    /// Refused (RANCOG_E_LIMIT) is a message beyond 6000000 series and 16777216 samples that are kept in all, 65536 networks, 4096 measured entities, 2097152 series and 262144 metrics (each element of a list is one) in a message, 1024 bytes of "object/name", 65536 fields of a JSON object, 256 levels, 128 attributes and 64 prefixes of XML.
    /// </remarks>
    /// <param name="self">Handle from rancog_cognitive_create.</param>
    /// <param name="message">The message, at most max_message_bytes. May be freed after the call.</param>
    /// <param name="messageLength">Its length in bytes.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT: not well-formed XML, a DTD, or of no known format, with the place; RANCOG_E_INVALID_JSON; RANCOG_E_LIMIT; RANCOG_E_STORAGE), and nothing of it is kept. NULL only when memory is exhausted.
    /// </returns>
    [Since("0.8")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_ingest", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Ingest(CognitiveHandle self, byte* message, nuint messageLength)
    {
        try
        {
            using Call<CognitiveSession> call = Gate.Enter<CognitiveSession>(self.Value, HandleKind.Cognitive, TypeName);
            return ResultBuffer.Copy(call.Core.Ingest(NativeInput.Require(message, messageLength, "message", int.MaxValue)));
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }

    /// <summary>Makes every call of a record again, with the clock and the random numbers as they were, and compares the results byte by byte.</summary>
    /// <remarks>The report: calls, equal, different [{line, call, recorded, replayed}] (the first ten), execution_time. Replayed by the version that recorded it, every call is equal; but a call during which the process was killed may be in the file at path and not in the record, and calls after it may differ.</remarks>
    /// <param name="path">UTF-8 path of a file that record_to made.</param>
    /// <param name="pathLength">Its length in bytes.</param>
    /// <param name="host">Progress, and a clock for execution_time. May be NULL.</param>
    /// <returns>
    /// Result buffer owned by the caller; release with rancog_buffer_free. On failure the error JSON (RANCOG_E_INVALID_ARGUMENT: the file cannot be opened, or is no such record; RANCOG_E_INVALID_JSON, which names the line; RANCOG_E_STORAGE when the device fails; RANCOG_E_CANCELLED). NULL only when memory is exhausted.
    /// </returns>
    [Since("0.8")]
    [CThreads("any thread.")]
    [UnmanagedCallersOnly(EntryPoint = "rancog_cognitive_replay", CallConvs = [typeof(CallConvCdecl)])]
    public static byte* Replay(byte* path, nuint pathLength, HostTable* host)
    {
        try
        {
            Gate.Enter();
            string name = JsonIn.Text(NativeInput.Require(path, pathLength, "path"), "path", CognitiveLimits.PathBytesMax);
            return ResultBuffer.Write(CognitiveSession.Replay(name, NativeHost.From(host)), JsonOut.ReplayReport);
        }
        catch (Exception error)
        {
            return ResultBuffer.WriteError(Failure.Record(error));
        }
    }
}
