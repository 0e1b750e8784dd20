using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void TemporalAnalysis(TemporalAnalysisResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteAnalysis(json, result);
        json.Flush();
    }

    public static void ParallelAnalysis(ParallelTemporalAnalysisResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        foreach (ProblemOutcome outcome in result.Results)
        {
            json.WriteStartObject();
            if (outcome.Ok is { } answer)
            {
                json.WritePropertyName("Ok"u8);
                WriteAnalysis(json, answer);
            }
            else
            {
                json.WriteString("Err"u8, outcome.Err);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("thread_count"u8, result.ThreadCount);
        json.WriteNumber("total_problems"u8, result.TotalProblems);
        json.WriteNumber("failed"u8, result.Failed);
        json.Number("confidence"u8, result.Confidence);
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        json.WritePropertyName("performance_metrics"u8);
        WriteMetrics(json, result.PerformanceMetrics);
        json.WriteEndObject();
        json.Flush();
    }

    public static void Patterns(IReadOnlyList<TemporalPattern> patterns, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WritePatterns(json, patterns);
        json.Flush();
    }

    public static void Predictions(IReadOnlyList<TemporalPrediction> predictions, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WritePredictions(json, predictions);
        json.Flush();
    }

    public static void OptimizedTimeline(OptimizedTimeline result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        json.WriteStartObject();
        json.WriteString("timeline_id"u8, result.TimelineId);
        json.WriteNumber("expansion_factor"u8, result.ExpansionFactor);
        json.WriteNumber("temporal_resolution"u8, result.TemporalResolution);
        json.Number("error_target"u8, result.ErrorTarget);
        json.WriteStartArray("curve"u8);
        foreach (ExpansionCost cost in result.Curve)
        {
            json.WriteStartObject();
            json.WriteNumber("expansion_factor"u8, cost.ExpansionFactor);
            json.Number("error"u8, cost.Error);
            json.WriteNumber("execution_time"u8, cost.ExecutionTime);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Number("optimization_score"u8, result.OptimizationScore);
        json.WriteString("reason"u8, result.Reason);
        json.WriteStartObject("bound"u8);
        json.Number("value"u8, result.BoundValue);
        json.WriteString("kind"u8, result.BoundKind);
        json.WriteEndObject();
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        json.WritePropertyName("performance_metrics"u8);
        WriteMetrics(json, result.PerformanceMetrics);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteAnalysis(Utf8JsonWriter json, TemporalAnalysisResult result)
    {
        json.WriteStartObject();
        json.WriteString("timeline_id"u8, result.TimelineId);
        json.WriteString("problem_id"u8, result.ProblemId);
        json.WriteString("network_id"u8, result.NetworkId);
        json.WriteNumber("expansion_factor"u8, result.ExpansionFactor);
        json.WriteNumber("temporal_resolution"u8, result.TemporalResolution);
        json.WriteNumber("scenarios"u8, result.Scenarios);
        json.WriteNumber("seed"u8, result.Seed);
        json.WriteNumber("base_duration"u8, result.BaseDuration);
        json.WriteNumber("expanded_duration"u8, result.ExpandedDuration);
        json.WriteBoolean("deadline_reached"u8, result.DeadlineReached);
        json.WritePropertyName("patterns"u8);
        WritePatterns(json, result.Patterns);
        WriteInsights(json, result.Insights);
        json.WritePropertyName("predictions"u8);
        WritePredictions(json, result.Predictions);
        WriteVerdicts(json, result.Verdicts);
        WriteObjectives(json, result.Objectives);
        WriteSummaries(json, result.Metrics);
        if (result.Series is not null)
        {
            WriteSeries(json, result.Series);
        }
        if (result.Timeline is not null)
        {
            WriteTimeline(json, result.Timeline);
        }
        json.Number("confidence"u8, result.Confidence);
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        json.WritePropertyName("performance_metrics"u8);
        WriteMetrics(json, result.PerformanceMetrics);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    private static void WritePatterns(Utf8JsonWriter json, IReadOnlyList<TemporalPattern> patterns)
    {
        json.WriteStartArray();
        foreach (TemporalPattern pattern in patterns)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, pattern.Id);
            json.WriteString("pattern_type"u8, pattern.PatternType);
            json.Number("confidence"u8, pattern.Confidence);
            json.WriteNumber("start_time"u8, pattern.StartTime);
            json.WriteNumber("end_time"u8, pattern.EndTime);
            json.WriteString("metric"u8, pattern.Metric);
            if (pattern.OtherMetric is { } other)
            {
                json.WriteString("other_metric"u8, other);
            }
            if (pattern.Constraint is { } constraint)
            {
                json.WriteString("constraint"u8, constraint);
            }
            json.NumberMap("parameters"u8, pattern.Parameters);
            json.Number("p_value"u8, pattern.PValue);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteInsights(Utf8JsonWriter json, IReadOnlyList<TemporalInsight> insights)
    {
        json.WriteStartArray("insights"u8);
        foreach (TemporalInsight insight in insights)
        {
            json.WriteStartObject();
            json.WriteString("description"u8, insight.Description);
            json.Number("confidence"u8, insight.Confidence);
            json.WriteBoolean("actionable"u8, insight.Actionable);
            json.WriteString("impact"u8, insight.Impact);
            json.Strings("fields"u8, insight.Fields);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePredictions(Utf8JsonWriter json, IReadOnlyList<TemporalPrediction> predictions)
    {
        json.WriteStartArray();
        foreach (TemporalPrediction prediction in predictions)
        {
            json.WriteStartObject();
            json.WriteString("metric"u8, prediction.Metric);
            json.Number("predicted_value"u8, prediction.PredictedValue);
            json.Number("confidence"u8, prediction.Confidence);
            json.WriteNumber("time_horizon"u8, prediction.TimeHorizon);
            json.Number("lower"u8, prediction.Lower);
            json.Number("upper"u8, prediction.Upper);
            json.Number("coverage"u8, prediction.Coverage);
            json.Number("tolerance"u8, prediction.Tolerance);
            json.WriteString("model"u8, prediction.Model);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteVerdicts(Utf8JsonWriter json, IReadOnlyList<ConstraintVerdict> verdicts)
    {
        json.WriteStartArray("verdicts"u8);
        foreach (ConstraintVerdict verdict in verdicts)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, verdict.Id);
            json.WriteString("expression"u8, verdict.Expression);
            json.Number("probability"u8, verdict.Probability);
            json.Number("robustness"u8, verdict.Robustness);
            json.Number("robustness_lower"u8, verdict.RobustnessLower);
            json.Number("robustness_upper"u8, verdict.RobustnessUpper);
            if (verdict.FirstViolationNs is { } first)
            {
                json.WriteNumber("first_violation_ns"u8, first);
            }
            else
            {
                json.WriteNull("first_violation_ns"u8);
            }
            if (verdict.HoldsNow is { } holds)
            {
                json.WriteBoolean("holds_now"u8, holds);
            }
            json.WriteNumber("scenarios"u8, verdict.Scenarios);
            json.WriteNumber("priority"u8, verdict.Priority);
            json.WriteString("reason"u8, verdict.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteObjectives(Utf8JsonWriter json, IReadOnlyList<ObjectiveOutlook> objectives)
    {
        json.WriteStartArray("objectives"u8);
        foreach (ObjectiveOutlook objective in objectives)
        {
            json.WriteStartObject();
            json.WriteString("objective"u8, objective.Objective);
            json.WriteString("direction"u8, objective.Direction);
            json.WriteString("metric"u8, objective.Metric);
            json.Number("now"u8, objective.Now);
            json.Number("p05"u8, objective.P05);
            json.Number("p50"u8, objective.P50);
            json.Number("p95"u8, objective.P95);
            json.Number("probability_better"u8, objective.ProbabilityBetter);
            json.WriteString("reason"u8, objective.Reason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSummaries(Utf8JsonWriter json, IReadOnlyList<MetricSummary> metrics)
    {
        json.WriteStartArray("metrics"u8);
        foreach (MetricSummary metric in metrics)
        {
            json.WriteStartObject();
            json.WriteString("metric"u8, metric.Metric);
            json.WriteString("source"u8, metric.Source);
            json.WriteNumber("samples"u8, metric.Samples);
            json.WriteNumber("missing"u8, metric.Missing);
            json.WriteNumber("step_ns"u8, metric.StepNs);
            json.WriteNumber("start_ns"u8, metric.StartNs);
            json.WriteNumber("end_ns"u8, metric.EndNs);
            json.WriteString("model"u8, metric.Model);
            json.WriteStartArray("season_steps"u8);
            foreach (int season in metric.SeasonSteps)
            {
                json.WriteNumberValue(season);
            }
            json.WriteEndArray();
            json.Number("explained_variance_first"u8, metric.ExplainedVarianceFirst);
            json.Number("explained_variance_last"u8, metric.ExplainedVarianceLast);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteSeries(Utf8JsonWriter json, IReadOnlyList<MetricSeriesReport> series)
    {
        json.WriteStartArray("series"u8);
        foreach (MetricSeriesReport one in series)
        {
            json.WriteStartObject();
            json.WriteString("metric"u8, one.Metric);
            json.WriteNumber("start_ns"u8, one.StartNs);
            json.WriteNumber("step_ns"u8, one.StepNs);
            json.Numbers("values"u8, one.Values);
            WriteForecast(json, one);
            WriteMarks(json, one);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteForecast(Utf8JsonWriter json, MetricSeriesReport one)
    {
        json.WriteStartObject("forecast"u8);
        json.WriteNumber("start_ns"u8, one.ForecastStartNs);
        json.WriteNumber("step_ns"u8, one.StepNs);
        json.Numbers("mean"u8, one.Mean);
        json.Numbers("lower"u8, one.Lower);
        json.Numbers("upper"u8, one.Upper);
        json.WriteStartArray("quantiles"u8);
        foreach ((double p, double[] values) in one.Quantiles)
        {
            json.WriteStartObject();
            json.Number("p"u8, p);
            json.Numbers("values"u8, values);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMarks(Utf8JsonWriter json, MetricSeriesReport one)
    {
        json.WriteStartArray("anomalies"u8);
        foreach (AnomalyMark mark in one.Anomalies)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, mark.Index);
            json.WriteString("kind"u8, mark.Kind);
            json.Number("value"u8, mark.Value);
            json.Number("expected"u8, mark.Expected);
            json.Number("likelihood"u8, mark.Likelihood);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("change_points"u8);
        foreach (ChangePointMark mark in one.ChangePoints)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, mark.Index);
            json.Number("before"u8, mark.Before);
            json.Number("after"u8, mark.After);
            json.Number("p_value"u8, mark.PValue);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("limits"u8);
        foreach (LimitMark mark in one.Limits)
        {
            json.WriteStartObject();
            json.WriteString("constraint"u8, mark.Constraint);
            json.WriteString("kind"u8, mark.Kind);
            json.Number("value"u8, mark.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTimeline(Utf8JsonWriter json, IReadOnlyList<TemporalPoint> timeline)
    {
        json.WriteStartArray("timeline"u8);
        foreach (TemporalPoint point in timeline)
        {
            json.WriteStartObject();
            json.WriteNumber("timestamp"u8, point.Timestamp);
            json.WriteNumber("base_time"u8, point.BaseTime);
            json.WriteNumber("expanded_time"u8, point.ExpandedTime);
            json.Number("consciousness_factor"u8, point.ConsciousnessFactor);
            json.WriteStartArray("constraints"u8);
            foreach (Constraint constraint in point.Constraints)
            {
                WriteConstraint(json, constraint);
            }
            json.WriteEndArray();
            json.WriteStartObject("quantiles"u8);
            foreach ((string metric, double[] quantiles) in point.Quantiles)
            {
                json.Numbers(System.Text.Encoding.UTF8.GetBytes(metric), quantiles);
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteConstraint(Utf8JsonWriter json, Constraint constraint)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, constraint.Id);
        json.WriteString("constraint_type"u8, constraint.ConstraintType);
        json.NumberMap("parameters"u8, constraint.Parameters);
        json.WriteNumber("priority"u8, constraint.Priority);
        json.WriteEndObject();
    }
}
