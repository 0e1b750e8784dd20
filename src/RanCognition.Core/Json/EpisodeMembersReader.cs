using System.Text;
using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

/// <summary>Reads the members of one episode.</summary>
internal struct EpisodeMembersReader(EpisodeForm form, List<IgnoredField> ignored)
{
    private const string Columns = "stands in the call itself, not in the document";

    private ulong? _time;
    private string _network = "";
    private string _cell = "";
    private string _problem = "";
    private IReadOnlyList<KeyValuePair<string, double>> _situation = [];
    private float[] _vector = [];
    private IReadOnlyList<ConfigurationChange> _action = [];
    private IReadOnlyList<KeyValuePair<string, double>> _outcome = [];
    private double? _reward;
    private bool? _success;
    private IReadOnlyList<string> _tags = [];
    private MetadataValue.Map _metadata = MetadataValue.Map.Empty;
    private string _text = "";

    /// <summary>0 = not given.</summary>
    public ulong Id { get; private set; }

    /// <summary>Members that were there; of an update also those that were null.</summary>
    public EpisodeMembers Given { get; private set; }

    public ulong? KnownNs { get; private set; }

    public readonly Episode Episode() => new()
    {
        Id = Id,
        TimeNs = _time,
        NetworkId = _network,
        Cell = _cell,
        ProblemType = _problem,
        Situation = _situation,
        Vector = _vector,
        Action = _action,
        Outcome = _outcome,
        Reward = _reward,
        Success = _success,
        Tags = _tags,
        Metadata = _metadata,
        Text = _text,
    };

    /// <param name="json">Stands at the object.</param>
    /// <param name="beside">A member that is passed over; null = none.</param>
    public void Read(ref JsonCursor json, string? beside)
    {
        json.Expect(JsonTokenType.StartObject, "an object");
        FieldNames seen = default;
        while (json.NextField(ref seen, out string? name))
        {
            ReadMember(ref json, name, beside);
            json.LeaveField();
        }
    }

    private void ReadMember(ref JsonCursor json, string name, string? beside)
    {
        EpisodeMembers member = EpisodeMemberNames.Of(name);
        if (form is EpisodeForm.Document && (name == "id" || (member & (EpisodeMembers.TimeNs | EpisodeMembers.Cell | EpisodeMembers.Reward | EpisodeMembers.Success | EpisodeMembers.Vector)) != 0))
        {
            json.RefuseValue(Columns);
        }
        if (member == EpisodeMembers.None)
        {
            ReadOther(ref json, name, beside);
        }
        else if (json.Token != JsonTokenType.Null)
        {
            Given |= member;
            ReadValue(ref json, member);
        }
        else if (form == EpisodeForm.Update)
        {
            if (member == EpisodeMembers.TimeNs)
            {
                json.RefuseValue("null, but an episode always has a time");
            }
            Given |= member;
        }
    }

    private void ReadOther(ref JsonCursor json, string name, string? beside)
    {
        bool isNull = json.Token == JsonTokenType.Null;
        if (name == "id" && !(isNull && form == EpisodeForm.Store))
        {
            Id = json.WholeWithin(1, MemoryLimits.IdMax);
        }
        else if (name == "known_ns" && form == EpisodeForm.Update)
        {
            KnownNs = isNull ? null : json.WholeWithin(0, MemoryLimits.TimeMax);
        }
        else if (name != "id" && name != beside)
        {
            json.Ignore(ignored, JsonIn.Unknown);
        }
    }

    private void ReadValue(ref JsonCursor json, EpisodeMembers member)
    {
        switch (member)
        {
            case EpisodeMembers.TimeNs: _time = json.WholeWithin(0, MemoryLimits.TimeMax); break;
            case EpisodeMembers.NetworkId: _network = JsonIn.ReadMemoryName(ref json); break;
            case EpisodeMembers.Cell: _cell = JsonIn.ReadMemoryName(ref json); break;
            case EpisodeMembers.ProblemType: _problem = JsonIn.ReadMemoryName(ref json); break;
            case EpisodeMembers.Situation: _situation = JsonIn.ReadSituation(ref json, ignored); break;
            case EpisodeMembers.Vector: _vector = JsonIn.ReadVector(ref json); break;
            case EpisodeMembers.Action: _action = JsonIn.ReadAction(ref json, ignored); break;
            case EpisodeMembers.Outcome: _outcome = JsonIn.ReadMetrics(ref json, ignored); break;
            case EpisodeMembers.Reward: _reward = json.Number(); break;
            case EpisodeMembers.Success: _success = json.Boolean(); break;
            case EpisodeMembers.Tags: _tags = ReadTags(ref json); break;
            case EpisodeMembers.Metadata: _metadata = json.Members(MemoryLimits.MetadataDepthMax); break;
            case EpisodeMembers.Text: _text = json.String(); break;
        }
    }

    private static List<string> ReadTags(ref JsonCursor json)
    {
        json.Expect(JsonTokenType.StartArray, "an array of strings");
        List<string> tags = [];
        while (json.NextElement(tags.Count))
        {
            if (tags.Count >= MemoryLimits.TagsMax)
            {
                json.LeaveElement();
                json.RefuseBeyond(MemoryLimits.TagsMax, "tags");
            }
            tags.Add(JsonIn.ReadMemoryName(ref json));
            json.LeaveElement();
        }
        return tags;
    }
}
