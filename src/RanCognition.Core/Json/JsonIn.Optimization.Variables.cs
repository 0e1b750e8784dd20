using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Variables, objectives and constraints of a problem.
public static partial class JsonIn
{
    private const string VariableTypes = "real, integer, ordered, binary or category";

    private static List<DecisionVariable> ReadVariables(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of variables");
        List<DecisionVariable> variables = [];
        while (json.NextElement(variables.Count))
        {
            RefuseMore(ref json, variables.Count, OptimizationLimits.VariablesMax, "variables");
            variables.Add(ReadVariable(ref json, ignored));
            json.LeaveElement();
        }
        return variables;
    }

    private static DecisionVariable ReadVariable(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with name and type");
        VariableKind kind = KindAhead(json);
        bool hasBounds = kind is VariableKind.Real or VariableKind.Integer;
        DecisionVariable variable = new() { Name = "", Kind = kind };
        bool hasLower = false;
        bool hasUpper = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            bool isNull = json.IsNull;
            switch (name)
            {
                case "type": break;   // looked at ahead
                case "name": variable = variable with { Name = ReadKnobName(ref json) }; break;
                case "lower" or "upper" or "step" when !hasBounds:
                    if (!isNull)
                    {
                        json.Ignore(ignored, "only real and integer variables have it");
                    }
                    break;
                case "lower": variable = variable with { Lower = json.OptionalNumber() ?? 0 }; hasLower = !isNull; break;
                case "upper": variable = variable with { Upper = json.OptionalNumber() ?? 0 }; hasUpper = !isNull; break;
                case "step": variable = variable with { Step = json.OptionalPositive() }; break;
                case "values":
                    if (!isNull)
                    {
                        variable = ReadLevels(ref json, variable, ignored);
                    }
                    break;
                case "initial": variable = variable with { Initial = json.OptionalNumber() }; break;
                case "max_change": variable = variable with { MaxChange = json.OptionalNumber(0) }; break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        string? missing = variable.Name.Length == 0 ? "name" : !hasBounds ? null : !hasLower ? "lower" : !hasUpper ? "upper" : null;
        if (missing is null && kind is VariableKind.Ordered or VariableKind.Category && variable.Values is null && variable.Categories is null)
        {
            missing = "values";
        }
        if (missing is not null)
        {
            json.Refuse($"field '{missing}' is missing");
        }
        return variable;
    }

    /// <summary>The type of a variable, wherever it stands, as it decides what the other members are.</summary>
    /// <param name="json">A copy, so that the caller's stays where it is.</param>
    private static VariableKind KindAhead(JsonCursor json)
    {
        VariableKind kind = VariableKind.Real;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "type" && !json.IsNull)
            {
                kind = ReadVariableKind(ref json);
            }
            json.Skip();
            json.LeaveField();
        }
        return kind;
    }

    private static VariableKind ReadVariableKind(ref JsonCursor json)
    {
        string word = json.String();
        switch (word)
        {
            case "real": return VariableKind.Real;
            case "integer": return VariableKind.Integer;
            case "ordered": return VariableKind.Ordered;
            case "binary": return VariableKind.Binary;
            case "category": return VariableKind.Category;
            default:
                RefuseWord(ref json, word, VariableTypes);
                return default;
        }
    }

    private static DecisionVariable ReadLevels(ref JsonCursor json, DecisionVariable variable, List<IgnoredField> ignored)
    {
        switch (variable.Kind)
        {
            case VariableKind.Ordered:
                double[] values = json.NumbersWithin(OptimizationLimits.LevelsMax);
                RefuseEmpty(ref json, values.Length, "value");
                return variable with { Values = values };
            case VariableKind.Category:
                return variable with { Categories = ReadCategories(ref json) };
            default:
                json.Ignore(ignored, "only ordered and category variables have it");
                return variable;
        }
    }

    /// <summary>Strings as they are; numbers as they were written.</summary>
    private static List<string> ReadCategories(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of strings or numbers");
        List<string> names = [];
        while (json.NextElement(names.Count))
        {
            RefuseMore(ref json, names.Count, OptimizationLimits.LevelsMax, "values");
            string name = json.Token == JsonTokenType.Number ? json.NumberAsText() : json.String();
            CheckKnobName(ref json, name);
            names.Add(name);
            json.LeaveElement();
        }
        RefuseEmpty(ref json, names.Count, "value");
        return names;
    }

    private static List<ObjectiveSpec> ReadObjectives(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of objectives");
        List<ObjectiveSpec> objectives = [];
        while (json.NextElement(objectives.Count))
        {
            RefuseMore(ref json, objectives.Count, OptimizationLimits.ObjectivesMax, "objectives");
            objectives.Add(ReadObjective(ref json, ignored));
            json.LeaveElement();
        }
        return objectives;
    }

    private static ObjectiveSpec ReadObjective(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with name and sense");
        string? name = null;
        bool maximize = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? field))
        {
            switch (field)
            {
                case "name": name = ReadKnobName(ref json); break;
                case "sense": maximize = !json.IsNull && ReadIsMax(ref json); break;
                default: json.Ignore(ignored, Unknown); break;
            }
            json.LeaveField();
        }
        if (name is null)
        {
            json.Refuse("field 'name' is missing");
        }
        return new ObjectiveSpec(name, maximize);
    }

    private static bool ReadIsMax(ref JsonCursor json)
    {
        string word = json.String();
        if (word is not ("min" or "max"))
        {
            RefuseWord(ref json, word, "min or max");
        }
        return word == "max";
    }

    private static List<string> ReadConstraintNames(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of constraints");
        List<string> constraints = [];
        while (json.NextElement(constraints.Count))
        {
            RefuseMore(ref json, constraints.Count, OptimizationLimits.ConstraintsMax, "constraints");
            constraints.Add(ReadConstraintName(ref json, ignored));
            json.LeaveElement();
        }
        return constraints;
    }

    private static string ReadConstraintName(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartObject, "an object with name");
        string? name = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? field))
        {
            if (field == "name")
            {
                name = ReadKnobName(ref json);
            }
            else
            {
                json.Ignore(ignored, Unknown);
            }
            json.LeaveField();
        }
        if (name is null)
        {
            json.Refuse("field 'name' is missing");
        }
        return name;
    }
}
