using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Reads an intent of TS 28.312: its members, or those of its only expectation, beside those of a problem, or wrapped in Intent, intent or attributes.</summary>
/// <remarks>A target that cannot be read is noted and left out: an intent has targets for more than the radio network.</remarks>
internal sealed class IntentReader(List<IgnoredField> ignored)
{
    private const int ValuesMax = 1000;
    private const string NotUsed = "not used of an intent";

    private readonly List<IntentExpectation> _expectations = [];
    private readonly List<string> _noted = [];   // members that are told once
    private readonly List<string> _objects = [];   // of the only expectation
    private readonly List<IntentTarget> _targets = [];
    private string? _expectationId;
    private string? _id;
    private bool _isThere;

    /// <summary>Null when none was there.</summary>
    /// <param name="outerId">Id of what it stands in.</param>
    public NetworkIntent? Intent(string outerId)
    {
        if (_expectationId is not null || _objects.Count > 0 || _targets.Count > 0)
        {
            _expectations.Add(new IntentExpectation { Id = _expectationId ?? "", Objects = _objects, Targets = _targets });
        }
        return _isThere ? new NetworkIntent { Id = _id ?? outerId, Expectations = _expectations } : null;
    }

    /// <summary>A member beside those of a problem; false when it is none of an intent.</summary>
    public bool ReadMember(ref JsonCursor json, string name)
    {
        switch (name)
        {
            case "Intent" or "intent" or "attributes":
                if (!json.IsNull)
                {
                    ReadWrapped(ref json, name);
                }
                return true;
            case "intentExpectations":
                _isThere = true;
                if (!json.IsNull)
                {
                    ReadExpectations(ref json);
                }
                return true;
            case "expectationId" or "expectationObject" or "expectationObjects" or "expectationTargets":
                _isThere = true;
                ReadExpectationMember(ref json, name, ref _expectationId, _objects, _targets);
                return true;
            default: return false;
        }
    }

    private void ReadWrapped(ref JsonCursor json, string wrapper)
    {
        json.Expect(JsonTokenType.StartObject, "an object with intentExpectations");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            if (name == "id" && json.Token == JsonTokenType.String)
            {
                _id = json.String();
            }
            else if (name is "Intent" or "intent" || name == wrapper || !ReadMember(ref json, name))
            {
                json.Ignore(ignored, NotUsed);
            }
            json.LeaveField();
        }
        _isThere = true;
    }

    /// <summary>A list, or an object by id.</summary>
    private void ReadExpectations(ref JsonCursor json)
    {
        if (json.Token == JsonTokenType.StartObject)
        {
            FieldNames seen = default;
            while (json.NextField(ref seen, out string? id))
            {
                _expectations.Add(ReadExpectation(ref json, id));
                json.LeaveField();
            }
            return;
        }
        json.Expect(JsonTokenType.StartArray, "an array or an object of expectations");
        for (int i = 0; json.NextElement(i); i++)
        {
            _expectations.Add(ReadExpectation(ref json, ""));
            json.LeaveElement();
        }
    }

    private IntentExpectation ReadExpectation(ref JsonCursor json, string outerId)
    {
        json.Expect(JsonTokenType.StartObject, "an object with expectationTargets");
        string? id = null;
        List<string> objects = [];
        List<IntentTarget> targets = [];
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            ReadExpectationMember(ref json, name, ref id, objects, targets);
            json.LeaveField();
        }
        return new IntentExpectation { Id = id ?? outerId, Objects = objects, Targets = targets };
    }

    private void ReadExpectationMember(ref JsonCursor json, string name, ref string? id, List<string> objects, List<IntentTarget> targets)
    {
        switch (name)
        {
            case "expectationId" when json.Token is JsonTokenType.String or JsonTokenType.Number: id = json.Label(); break;
            case "expectationObject" or "expectationObjects" when !json.IsNull: ReadObjects(ref json, objects); break;
            case "expectationTargets" when !json.IsNull: ReadTargets(ref json, targets); break;
            default: NoteOnce(ref json, name); break;
        }
    }

    /// <summary>An object with objectInstance, a list of them, or names themselves.</summary>
    private void ReadObjects(ref JsonCursor json, List<string> objects)
    {
        switch (json.Token)
        {
            case JsonTokenType.String:
                objects.Add(json.String());
                break;
            case JsonTokenType.StartArray:
                for (int i = 0; json.NextElement(i); i++)
                {
                    ReadObjects(ref json, objects);
                    json.LeaveElement();
                }
                break;
            case JsonTokenType.StartObject:
                FieldNames seen = default;
                while (json.NextField(ref seen, out string? name))
                {
                    if (name is "objectInstance" or "objectInstances" && json.Token is JsonTokenType.String or JsonTokenType.StartArray)
                    {
                        ReadObjects(ref json, objects);
                    }
                    else
                    {
                        NoteOnce(ref json, name);
                    }
                    json.LeaveField();
                }
                break;
            default:
                json.Ignore(ignored, "no name of an object");
                break;
        }
    }

    private void ReadTargets(ref JsonCursor json, List<IntentTarget> targets)
    {
        if (json.Token == JsonTokenType.StartArray)
        {
            for (int i = 0; json.NextElement(i); i++)
            {
                ReadTarget(ref json, targets);
                json.LeaveElement();
            }
            return;
        }
        json.Expect(JsonTokenType.StartObject, "an array or an object of targets");
        FieldNames seen = default;
        while (json.NextField(ref seen, out _))
        {
            ReadTarget(ref json, targets);
            json.LeaveField();
        }
    }

    private void ReadTarget(ref JsonCursor json, List<IntentTarget> targets)
    {
        if (json.Token != JsonTokenType.StartObject)
        {
            json.Ignore(ignored, "a target must be an object with targetName, targetCondition and targetValueRange");
            return;
        }
        string? target = null;
        string? condition = null;
        double[]? values = null;
        bool hasRange = false;
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            switch (name)
            {
                case "targetName" when json.Token == JsonTokenType.String: target = json.String(); break;
                case "targetCondition" when json.Token == JsonTokenType.String: condition = json.KnownString(); break;
                case "targetValueRange" when !json.IsNull:
                    hasRange = true;
                    values = IntentValues.Read(ref json, ValuesMax);
                    break;
                default: NoteOnce(ref json, name); break;
            }
            json.LeaveField();
        }
        string? fault = string.IsNullOrEmpty(target) ? "targetName is missing"
            : string.IsNullOrEmpty(condition) ? "targetCondition is missing"
            : !hasRange ? "targetValueRange is missing"
            : values is null ? "targetValueRange is neither a number nor a range of numbers"
            : null;
        string place = json.Pointer;
        if (fault is null)
        {
            targets.Add(new IntentTarget { Name = target!, Condition = condition!, Values = values!, Place = place });
        }
        else if (ignored.Count < JsonIn.IgnoredMax)
        {
            ignored.Add(new IgnoredField(place, fault));
        }
    }

    private void NoteOnce(ref JsonCursor json, string name) => JsonIn.IgnoreOnce(ref json, ignored, _noted, name, NotUsed);
}
