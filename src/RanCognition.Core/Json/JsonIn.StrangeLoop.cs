using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>Empty text gives the defaults.</summary>
    public static StrangeLoopOptions StrangeLoopOptions(ReadOnlySpan<byte> text, string argument)
    {
        StrangeLoopOptions options = new();
        if (text.IsEmpty)
        {
            return options;
        }
        JsonCursor json = new(text, argument);
        json.Next();
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "aci_step": options = options with { AciStep = ReadShare(ref json, isOneAllowed: true) ?? options.AciStep }; break;
                case "levels": options = options with { Levels = json.OptionalCount(0, StrangeLoopLimits.LevelsMax) ?? options.Levels }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        json.End();
        return options with { Ignored = ignored };
    }

    /// <summary>A fixed point that is sought.</summary>
    public static FixedPointRequest FixedPointRequest(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        FixedPointRequest request = ReadFixedPointRequest(ref json, null);
        json.End();
        return request;
    }

    /// <summary>A request; beside names a member that stands among its own and is passed over.</summary>
    private static FixedPointRequest ReadFixedPointRequest(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        List<IgnoredField> ignored = [];
        FixedPointRequest request = new() { Ignored = ignored };
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name != beside)
            {
                request = ReadFixedPointMember(ref json, name, request, ignored);
            }
            json.LeaveField();
        }
        return request;
    }

    private static FixedPointRequest ReadFixedPointMember(ref JsonCursor json, string name, FixedPointRequest request, List<IgnoredField> ignored)
    {
        bool isNull = json.IsNull;
        switch (name)
        {
            case "map": return isNull ? request : request with { Map = ReadMap(ref json, ignored) };
            case "x0": return isNull ? request : request with { X0 = json.NumbersWithin(StrangeLoopLimits.DimensionMax) };
            case "method": return isNull ? request : request with { Method = ReadFixedPointMethod(ref json) };
            case "tolerance": return request with { Tolerance = json.OptionalNumber(0) ?? request.Tolerance };
            case "max_iterations": return request with { MaxIterations = json.OptionalCount(1, StrangeLoopLimits.IterationsMax) ?? request.MaxIterations };
            case "anderson_depth": return request with { AndersonDepth = json.OptionalCount(1, StrangeLoopLimits.AndersonDepthMax) ?? request.AndersonDepth };
            case "jacobian": return isNull ? request : request with { Jacobian = ReadSquare(ref json) };
            case "deadline_ns": return request with { DeadlineNs = OptionalWhole(ref json) };
            default:
                json.Ignore(ignored, Unknown);
                return request;
        }
    }

    private static FixedPointMethod ReadFixedPointMethod(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "auto": return FixedPointMethod.Auto;
            case "picard": return FixedPointMethod.Picard;
            case "aitken": return FixedPointMethod.Aitken;
            case "anderson": return FixedPointMethod.Anderson;
            case "newton": return FixedPointMethod.Newton;
            default:
                RefuseWord(ref json, word, "auto, picard, aitken, anderson or newton");
                return default;
        }
    }

    /// <summary>A map; members of the other kinds are told as not used.</summary>
    private static FixedPointMapSpec ReadMap(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with type");
        string? type = MapTypeAhead(json);
        bool isLinear = type == "linear";
        bool isExpression = type == "expression";
        double[][]? matrix = null;
        double[]? offset = null;
        NetworkModel? network = null;
        List<string>? variables = null;
        List<string>? expressions = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "type": break;   // looked at ahead
                case "matrix" when isLinear: matrix = ReadSquare(ref json); break;
                case "offset" when isLinear: offset = json.IsNull ? null : json.NumbersWithin(StrangeLoopLimits.DimensionMax); break;
                case "network" when type == "load_coupling": network = ReadNetwork(ref json, ignored); break;
                case "variables" when isExpression: variables = ReadTexts(ref json, StrangeLoopLimits.NameBytesMax); break;
                case "expressions" when isExpression: expressions = ReadTexts(ref json, StrangeLoopLimits.ExpressionBytesMax); break;
                case "matrix" or "offset" or "network" or "variables" or "expressions": json.Ignore(ignored, "maps of another type have it"); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        string? missing = type switch
        {
            "linear" => matrix is null ? "matrix" : null,
            "load_coupling" => network is null ? "network" : null,
            "expression" => variables is null ? "variables" : expressions is null ? "expressions" : null,
            _ => "type",
        };
        if (missing is not null)
        {
            json.Refuse($"field '{missing}' is missing");
        }
        if (network is not null)
        {
            return new FixedPointMapSpec.LoadCoupling(network);
        }
        if (matrix is not null)
        {
            RefuseOtherSize(ref json, "offset", offset?.Length ?? matrix.Length, "numbers", matrix.Length, "rows of the matrix");
            return new FixedPointMapSpec.Linear(matrix, offset);
        }
        RefuseOtherSize(ref json, "expressions", expressions!.Count, "texts", variables!.Count, "variables");
        return new FixedPointMapSpec.Expression(variables, expressions);
    }

    /// <summary>The member type, wherever it stands, as it decides what the others are.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    private static string? MapTypeAhead(JsonCursor json)
    {
        string? type = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "type")
            {
                type = json.String();
                if (type is not ("linear" or "load_coupling" or "expression"))
                {
                    RefuseWord(ref json, type, "linear, load_coupling or expression");
                }
            }
            json.Skip();
            json.LeaveField();
        }
        return type;
    }

    private static double[][] ReadSquare(ref JsonCursor json)
    {
        double[][] rows = ReadRows(ref json, StrangeLoopLimits.DimensionMax, StrangeLoopLimits.DimensionMax);
        if (rows.Length != rows[0].Length)
        {
            json.RefuseValue($"{rows.Length} rows of {rows[0].Length} numbers, must be as many rows as numbers a row");
        }
        return rows;
    }

    /// <summary>At least one text, each of at least one character.</summary>
    private static List<string> ReadTexts(ref JsonCursor json, int bytesMax)
    {
        json.Expect(JsonTokenType.StartArray, "an array of strings");
        List<string> texts = [];
        while (json.NextElement(texts.Count))
        {
            RefuseMore(ref json, texts.Count, StrangeLoopLimits.DimensionMax, "strings");
            string text = ReadFilled(ref json);
            CheckBytes(ref json, text, bytesMax);
            texts.Add(text);
            json.LeaveElement();
        }
        RefuseEmpty(ref json, texts.Count, "string");
        return texts;
    }

    /// <summary>A number above 0 and below 1, or 1 itself where that is allowed; null where there is none.</summary>
    private static double? ReadShare(ref JsonCursor json, bool isOneAllowed)
    {
        double? share = json.OptionalPositive();
        if (share > 1 || (share == 1 && !isOneAllowed))
        {
            json.RefuseValue($"{share.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}, must be {(isOneAllowed ? "at most" : "below")} 1");
        }
        return share;
    }
}
