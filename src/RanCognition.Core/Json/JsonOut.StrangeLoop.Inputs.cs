using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// What the calls of a strange-loop core take, as JsonIn reads it. What is absent in a record is left out, as are the notes of what was ignored when it was read.
public static partial class JsonOut
{
    internal static void WriteStrangeLoopOptions(Utf8JsonWriter json, StrangeLoopOptions options)
    {
        json.WriteStartObject();
        json.Number("aci_step"u8, options.AciStep);
        json.WriteNumber("levels"u8, options.Levels);
        json.WriteEndObject();
    }

    internal static void WriteStrangeLoopOperation(Utf8JsonWriter json, StrangeLoopOperation operation)
    {
        json.WriteStartObject();
        switch (operation)
        {
            case StrangeLoopOperation.Solve solve:
                json.WriteString("op"u8, "solve"u8);
                json.WritePropertyName("request"u8);
                WriteFixedPointRequest(json, solve.Request);
                break;
            case StrangeLoopOperation.Observe observe:
                json.WriteString("op"u8, "observe"u8);
                json.WritePropertyName("request"u8);
                WriteLoopObservation(json, observe.Observation);
                break;
            case StrangeLoopOperation.DetectConflicts detect:
                json.WriteString("op"u8, "detect_conflicts"u8);
                json.WritePropertyName("request"u8);
                WriteConflictRequest(json, detect.Request);
                break;
            case StrangeLoopOperation.GetState: json.WriteString("op"u8, "get_state"u8); break;
            default: throw new ArgumentException($"no operation that JSON knows: {operation.GetType().Name}", nameof(operation));
        }
        json.WriteEndObject();
    }

    internal static void WriteFixedPointRequest(Utf8JsonWriter json, FixedPointRequest request)
    {
        json.WriteStartObject();
        if (request.Map is { } map)
        {
            json.WritePropertyName("map"u8);
            WriteFixedPointMap(json, map);
        }
        OptionalNumbers(json, "x0"u8, request.X0);
        json.WriteString("method"u8, Word(request.Method));
        json.Number("tolerance"u8, request.Tolerance);
        json.WriteNumber("max_iterations"u8, request.MaxIterations);
        json.WriteNumber("anderson_depth"u8, request.AndersonDepth);
        OptionalRows(json, "jacobian"u8, request.Jacobian);
        Optional(json, "deadline_ns"u8, request.DeadlineNs);
        json.WriteEndObject();
    }

    private static void WriteFixedPointMap(Utf8JsonWriter json, FixedPointMapSpec map)
    {
        json.WriteStartObject();
        switch (map)
        {
            case FixedPointMapSpec.Linear linear:
                json.WriteString("type"u8, "linear"u8);
                OptionalRows(json, "matrix"u8, linear.Matrix);
                OptionalNumbers(json, "offset"u8, linear.Offset);
                break;
            case FixedPointMapSpec.LoadCoupling coupling:
                json.WriteString("type"u8, "load_coupling"u8);
                json.WritePropertyName("network"u8);
                WriteNetworkModel(json, coupling.Network);
                break;
            case FixedPointMapSpec.Expression expression:
                json.WriteString("type"u8, "expression"u8);
                json.Strings("variables"u8, expression.Variables);
                json.Strings("expressions"u8, expression.Expressions);
                break;
            default: throw new ArgumentException($"no map that JSON knows: {map.GetType().Name}", nameof(map));
        }
        json.WriteEndObject();
    }
}
