using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Numbers are written in the shortest text that gives the same bits back. What follows from other numbers (bias, gain, interval_scale, weights, value, bound) is there for the reader.
public static partial class JsonOut
{
    public static void StrangeLoopState(StrangeLoopState state, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteStrangeLoopState(json, state);
        json.Flush();
    }

    internal static void WriteStrangeLoopState(Utf8JsonWriter json, StrangeLoopState state)
    {
        json.WriteStartObject();
        json.WriteNumber("version"u8, state.Version);
        json.Number("aci_step"u8, state.AciStep);
        json.WriteNumber("levels"u8, state.Levels);
        json.WriteStartArray("loops"u8);
        foreach (LoopState loop in state.Loops)
        {
            WriteLoopState(json, loop);
        }
        json.WriteEndArray();
        json.WritePropertyName("groups"u8);
        WriteGroups(json, state.Groups);
        json.WriteStartArray("live_commands"u8);
        foreach (ControlCommand command in state.LiveCommands)
        {
            WriteCommand(json, command);
        }
        json.WriteEndArray();
        json.WriteStartArray("live_places"u8);
        foreach (ulong place in state.LivePlaces)
        {
            json.WriteNumberValue(place);
        }
        json.WriteEndArray();
        json.WriteNumber("next_command"u8, state.NextCommand);
        json.WriteNumber("execution_time"u8, state.ExecutionTime);
        WriteIgnored(json, state.Ignored);
        json.WriteEndObject();
    }

    private static void WriteLoopState(Utf8JsonWriter json, LoopState loop)
    {
        json.WriteStartObject();
        json.WriteString("loop_id"u8, loop.LoopId);
        json.WriteNumber("time_ns"u8, loop.TimeNs);
        json.WriteStartObject("metrics"u8);
        foreach (MetricState metric in loop.Metrics)
        {
            json.WritePropertyName(metric.Metric);
            WriteMetricState(json, metric);
        }
        json.WriteEndObject();
        if (loop.Experts is { } experts)
        {
            json.WritePropertyName("experts"u8);
            WriteExpertsState(json, experts);
        }
        WriteChanges(json, "actions"u8, loop.Actions);
        json.WriteEndObject();
    }

    private static void WriteMetricState(Utf8JsonWriter json, MetricState metric)
    {
        json.WriteStartObject();
        json.WriteNumber("observations"u8, metric.Observations);
        json.Number("bias"u8, metric.Bias);
        json.Number("gain"u8, metric.Gain);
        json.NumberOrNull("interval_scale"u8, metric.IntervalScale);
        if (metric.Coverage is { } coverage)
        {
            json.WriteStartObject("coverage"u8);
            json.Number("value"u8, coverage.Steps == 0 ? double.NaN : (double)coverage.Covered / coverage.Steps);
            json.Number("target"u8, coverage.Coverage);
            json.NumberOrNull("bound"u8, coverage.Bound);
            json.Number("miscoverage"u8, coverage.Miscoverage);
            json.WriteNumber("steps"u8, coverage.Steps);
            json.WriteNumber("covered"u8, coverage.Covered);
            json.WriteEndObject();
        }
        if (metric.Open is { } open)
        {
            json.WriteStartObject("open"u8);
            json.Number("mean"u8, open.Mean);
            json.WriteBoolean("has_interval"u8, open.HasInterval);
            json.NumberOrNull("half_lower"u8, open.HalfLower);
            json.NumberOrNull("half_upper"u8, open.HalfUpper);
            json.Number("centre_offset"u8, open.CentreOffset);
            json.Number("corrected_mean"u8, open.CorrectedMean);
            json.NumberOrNull("lower"u8, open.Lower);
            json.NumberOrNull("upper"u8, open.Upper);
            json.WriteBoolean("empty"u8, open.Empty);
            json.WriteEndObject();
        }
        WriteLoopSetting(json, "setting"u8, metric.Setting);
        json.Numbers("scores"u8, metric.Scores);
        json.WriteStartArray("records"u8);
        foreach (ErrorRecordState record in metric.Records)
        {
            WriteErrorRecord(json, record);
        }
        json.WriteEndArray();
        if (metric.Tuning is { } tuning)
        {
            json.WritePropertyName("tuning"u8);
            WriteTuning(json, tuning);
        }
        json.WriteEndObject();
    }

    private static void WriteErrorRecord(Utf8JsonWriter json, ErrorRecordState record)
    {
        json.WriteStartObject();
        json.Number("memory"u8, record.Memory);
        json.Number("weight"u8, record.Weight);
        json.Number("mean_forecast"u8, record.MeanForecast);
        json.Number("mean_error"u8, record.MeanError);
        json.Number("forecast_squares"u8, record.ForecastSquares);
        json.Number("products"u8, record.Products);
        json.Number("error_squares"u8, record.ErrorSquares);
        json.Number("typical_error"u8, record.TypicalError);
        json.Number("given_variance"u8, record.GivenVariance);
        json.WriteNumber("outliers_in_a_row"u8, record.OutliersInARow);
        json.WriteEndObject();
    }

    private static void WriteLoopSetting(Utf8JsonWriter json, ReadOnlySpan<byte> name, LoopSetting setting)
    {
        json.WriteStartObject(name);
        json.Number("memory"u8, setting.Memory);
        json.Number("damping"u8, setting.Damping);
        json.WriteNumber("score_window"u8, setting.ScoreWindow);
        json.WriteEndObject();
    }

    private static void WriteTuning(Utf8JsonWriter json, TuningState tuning)
    {
        json.WriteStartObject();
        json.WriteNumber("patience"u8, tuning.Patience);
        json.WriteBoolean("is_testing"u8, tuning.IsTesting);
        json.WriteNumber("rounds"u8, tuning.Rounds);
        json.WriteStartArray("challengers"u8);
        foreach (ShadowState challenger in tuning.Challengers)
        {
            WriteShadow(json, challenger);
        }
        json.WriteEndArray();
        if (tuning.Previous is { } previous)
        {
            json.WritePropertyName("previous"u8);
            WriteShadow(json, previous);
        }
        json.WriteNumber("stretches_to_watch"u8, tuning.StretchesToWatch);
        if (tuning.Resting is { } resting)
        {
            WriteLoopSetting(json, "resting"u8, resting);
        }
        json.WriteNumber("rounds_to_rest"u8, tuning.RoundsToRest);
        json.WriteNumber("adopted"u8, tuning.Adopted);
        json.WriteNumber("rolled_back"u8, tuning.RolledBack);
        json.WriteStartArray("changes"u8);
        foreach (LoopChange change in tuning.Changes)
        {
            json.WriteStartObject();
            json.WriteNumber("time_ns"u8, change.TimeNs);
            json.WriteBoolean("is_rollback"u8, change.IsRollback);
            WriteLoopSetting(json, "before"u8, change.Before);
            WriteLoopSetting(json, "after"u8, change.After);
            json.Number("loss_before"u8, change.LossBefore);
            json.Number("loss_after"u8, change.LossAfter);
            json.Number("p_value"u8, change.PValue);
            json.WriteNumber("steps"u8, change.Steps);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteShadow(Utf8JsonWriter json, ShadowState shadow)
    {
        json.WriteStartObject();
        WriteLoopSetting(json, "setting"u8, shadow.Setting);
        json.WriteNumber("steps"u8, shadow.Steps);
        json.Number("used_loss"u8, shadow.UsedLoss);
        json.Number("loss"u8, shadow.Loss);
        json.Number("batch_difference"u8, shadow.BatchDifference);
        json.Number("mean_difference"u8, shadow.MeanDifference);
        json.Number("squared_differences"u8, shadow.SquaredDifferences);
        json.Numbers("scores"u8, shadow.Scores);
        json.WriteEndObject();
    }

    private static void WriteExpertsState(Utf8JsonWriter json, ExpertsState experts)
    {
        json.WriteStartObject();
        WriteByName(json, "weights"u8, experts.Names, experts.Weights);
        json.WriteStartObject("regret"u8);
        json.NumberOrNull("value"u8, experts.Regret?.Value);
        json.NumberOrNull("bound"u8, experts.Regret?.Bound);
        json.WriteNumber("steps"u8, experts.Steps);
        json.Number("mixture_loss"u8, experts.MixtureLoss);
        json.Number("mixability_gap"u8, experts.MixabilityGap);
        json.Number("largest_spread"u8, experts.LargestSpread);
        json.WriteEndObject();
        WriteByName(json, "losses"u8, experts.Names, experts.Losses);
        json.Strings("open_metrics"u8, experts.OpenMetrics);
        json.WriteStartArray("open_values"u8);
        foreach (double[] row in experts.OpenValues)
        {
            json.WriteStartArray();
            foreach (double value in row)
            {
                json.Number(value);
            }
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteByName(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<string> names, double[] values)
    {
        json.WriteStartObject(name);
        for (int i = 0; i < values.Length; i++)
        {
            json.WritePropertyName(names[i]);
            json.Number(values[i]);
        }
        json.WriteEndObject();
    }
}
