using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

// Commands of control functions, and the groups of parameters.
public static partial class JsonIn
{
    internal static List<ControlCommand> ReadCommands(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of commands");
        List<ControlCommand> commands = [];
        List<string> noted = [];
        while (json.NextElement(commands.Count))
        {
            RefuseMore(ref json, commands.Count, StrangeLoopLimits.CommandsMax, "commands");
            commands.Add(ReadCommand(ref json, ignored, noted));
            json.LeaveElement();
        }
        return commands;
    }

    /// <summary>One command, its members as the messages of control functions name them.</summary>
    /// <param name="json">At the command.</param>
    /// <param name="ignored">Takes what is not used.</param>
    /// <param name="noted">Fields of commands that were noted already: each is told once.</param>
    internal static ControlCommand ReadCommand(ref JsonCursor json, List<IgnoredField> ignored, List<string> noted)
    {
        json.Expect(JsonTokenType.StartObject, "an object with source, targetParameter, targetValue, targetCell, timestamp and controlTimespan");
        string? source = null;
        string command = "";
        string? parameter = null;
        string? value = null;
        double? number = null;
        string? cell = null;
        ulong? start = null;
        ulong? span = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "source": source = ReadLabel(ref json); break;
                case "command": command = json.IsNull ? "" : ReadLabel(ref json); break;
                case "targetParameter": parameter = ReadLabel(ref json); break;
                case "targetValue": value = json.Setting(out number); CheckLoopName(ref json, value); break;
                case "targetCell": cell = ReadLabel(ref json); break;
                case "timestamp": start = json.Moment(); break;
                case "controlTimespan": span = json.Span(); break;
                default: IgnoreOnce(ref json, ignored, noted, name, Unknown); break;
            }
            json.LeaveField();
        }
        if (source is null || parameter is null || value is null || cell is null || start is null || span is null)
        {
            string missing = source is null ? "source"
                : parameter is null ? "targetParameter"
                : value is null ? "targetValue"
                : cell is null ? "targetCell"
                : start is null ? "timestamp" : "controlTimespan";
            json.Refuse($"field '{missing}' is missing");
        }
        return new ControlCommand
        {
            Source = source, Command = command, TargetParameter = parameter, TargetValue = value, TargetNumber = number, TargetCell = cell, StartNs = start.Value, SpanNs = span.Value,
        };
    }

    internal static List<ParameterGroup> ReadGroups(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of groups of parameters");
        List<ParameterGroup> groups = [];
        List<string> noted = [];
        int parameters = 0;
        while (json.NextElement(groups.Count))
        {
            RefuseMore(ref json, groups.Count, StrangeLoopLimits.GroupParametersMax, "groups");
            groups.Add(ReadGroup(ref json, ignored, noted, ref parameters));
            json.LeaveElement();
        }
        return groups;
    }

    private static ParameterGroup ReadGroup(ref JsonCursor json, List<IgnoredField> ignored, List<string> noted, ref int count)
    {
        json.Expect(JsonTokenType.StartObject, "an object with groupName and parameters");
        string? group = null;
        List<GroupParameter>? parameters = null;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "groupName": group = ReadLabel(ref json); break;
                case "parameters": parameters = ReadGroupParameters(ref json, ignored, noted, ref count); break;
                default: IgnoreOnce(ref json, ignored, noted, name, Unknown); break;
            }
            json.LeaveField();
        }
        if (group is null || parameters is null)
        {
            json.Refuse($"field '{(group is null ? "groupName" : "parameters")}' is missing");
        }
        return new ParameterGroup(group, parameters);
    }

    private static List<GroupParameter> ReadGroupParameters(ref JsonCursor json, List<IgnoredField> ignored, List<string> noted, ref int count)
    {
        json.Expect(JsonTokenType.StartArray, "an array of parameters");
        List<GroupParameter> parameters = [];
        while (json.NextElement(parameters.Count))
        {
            RefuseMore(ref json, count++, StrangeLoopLimits.GroupParametersMax, "parameters in all groups");
            json.Expect(JsonTokenType.StartObject, "an object with changeTarget and parameterName");
            string target = "";
            string? parameter = null;
            FieldNames seen = default;
            while (json.NextField(ref seen, out string? name))
            {
                switch (name)
                {
                    case "changeTarget": target = json.IsNull ? "" : ReadLabel(ref json); break;
                    case "parameterName": parameter = ReadLabel(ref json); break;
                    default: IgnoreOnce(ref json, ignored, noted, name, Unknown); break;
                }
                json.LeaveField();
            }
            if (parameter is null)
            {
                json.Refuse("field 'parameterName' is missing");
            }
            parameters.Add(new GroupParameter(target, parameter));
            json.LeaveElement();
        }
        return parameters;
    }

    /// <summary>A name, or a number that serves as one.</summary>
    private static string ReadLabel(ref JsonCursor json)
    {
        string label = json.Label();
        CheckLoopName(ref json, label);
        return label;
    }

    private static void CheckLoopName(ref JsonCursor json, string name) => CheckBytes(ref json, name, StrangeLoopLimits.NameBytesMax);

    /// <summary>Skips a field that is not used; of many elements of an array only the first is told.</summary>
    internal static void IgnoreOnce(ref JsonCursor json, List<IgnoredField> ignored, List<string> noted, string name, string reason)
    {
        if (noted.Count >= IgnoredMax || noted.Contains(name))
        {
            json.Skip();
            return;
        }
        noted.Add(name);
        json.Ignore(ignored, reason);
    }
}
