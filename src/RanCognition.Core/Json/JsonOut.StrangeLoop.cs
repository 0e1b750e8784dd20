using System.Buffers;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonOut
{
    public static void FixedPointResult(FixedPointResult result, IBufferWriter<byte> target)
    {
        Utf8JsonWriter json = JsonWriting.On(target);
        WriteFixedPointResult(json, result);
        json.Flush();
    }

    internal static void WriteFixedPointResult(Utf8JsonWriter json, FixedPointResult result)
    {
        json.WriteStartObject();
        json.WriteString("state"u8, Word(result.State));
        json.WriteBoolean("convergence"u8, result.State == FixedPointState.Converged);
        if (result.X is { } point)
        {
            json.Numbers("x"u8, point);
        }
        else
        {
            json.WriteNull("x"u8);
        }
        json.WriteNumber("iterations"u8, result.Iterations);
        json.WriteNumber("evaluations"u8, result.Evaluations);
        json.NumberOrNull("residual"u8, result.Residual);
        json.NumberOrNull("contraction"u8, result.Contraction);
        json.NumberOrNull("error_bound"u8, result.ErrorBound);
        if (result.ErrorBound is { } bound && double.IsFinite(bound))
        {
            json.WriteString("error_bound_kind"u8, result.IsErrorBoundProven ? "proven"u8 : "estimated"u8);
        }
        json.NumberOrNull("spectral_radius"u8, result.SpectralRadius);
        if (result.Period is { } period)
        {
            json.WriteNumber("period"u8, period);
        }
        if (result.CriticalScale is { } scale)
        {
            json.Number("critical_scale"u8, scale);
        }
        json.WriteStartArray("history"u8);
        foreach (double? residual in result.History)
        {
            json.Number(residual ?? double.NaN);
        }
        json.WriteEndArray();
        json.WriteString("method"u8, Word(result.Method));
        json.WriteString("reason"u8, result.Reason);
        json.WriteNumber("execution_time"u8, result.ExecutionTime);
        WriteIgnored(json, result.Ignored);
        json.WriteEndObject();
    }

    internal static ReadOnlySpan<byte> Word(FixedPointState state) => state switch
    {
        FixedPointState.Converged => "CONVERGED"u8,
        FixedPointState.Descending => "DESCENDING"u8,
        FixedPointState.Oscillating => "OSCILLATING"u8,
        FixedPointState.Diverging => "DIVERGING"u8,
        FixedPointState.Infeasible => "INFEASIBLE"u8,
        _ => "INCOMPLETE"u8,
    };

    internal static ReadOnlySpan<byte> Word(FixedPointMethod method) => method switch
    {
        FixedPointMethod.Picard => "picard"u8,
        FixedPointMethod.Aitken => "aitken"u8,
        FixedPointMethod.Anderson => "anderson"u8,
        FixedPointMethod.Newton => "newton"u8,
        _ => "auto"u8,
    };
}
