using System.Text.Json;
using RanCognition.Contracts;

namespace RanCognition.Json;

public static partial class JsonIn
{
    /// <summary>One episode, or an array of them.</summary>
    public static IReadOnlyList<Episode> Episodes(ReadOnlySpan<byte> text, string argument, out bool isBatch, out IReadOnlyList<IgnoredField> ignored)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        List<IgnoredField> noted = [];
        isBatch = json.Token == JsonTokenType.StartArray;
        IReadOnlyList<Episode> episodes = isBatch ? ReadEpisodes(ref json, noted) : [ReadEpisode(ref json, noted)];
        json.End();
        ignored = noted;
        return episodes;
    }

    /// <summary>New values of some members of an episode; null clears a member.</summary>
    public static EpisodeUpdate EpisodeUpdate(ReadOnlySpan<byte> text, string argument)
    {
        JsonCursor json = new(text, argument);
        json.Next();
        EpisodeUpdate update = ReadUpdate(ref json, null);
        json.End();
        return update;
    }

    /// <summary>What a binary call says of an episode beside its numbers. Empty text says nothing.</summary>
    public static Episode EpisodeDocument(ReadOnlySpan<byte> text, string argument)
    {
        if (text.IsEmpty)
        {
            return new Episode();
        }
        JsonCursor json = new(text, argument);
        json.Next();
        EpisodeMembersReader reader = new(EpisodeForm.Document, []);
        int start = json.TokenStart;
        reader.Read(ref json, null);
        CheckLength(ref json, start);
        json.End();
        return reader.Episode();
    }

    private static List<Episode> ReadEpisodes(ref JsonCursor json, List<IgnoredField> ignored)
    {
        json.Expect(JsonTokenType.StartArray, "an array of episodes");
        List<Episode> episodes = [];
        while (json.NextElement(episodes.Count))
        {
            if (episodes.Count >= MemoryLimits.BatchMax)
            {
                json.RefuseBeyond(MemoryLimits.BatchMax, "episodes");
            }
            episodes.Add(ReadEpisode(ref json, ignored));
            json.LeaveElement();
        }
        if (episodes.Count == 0)
        {
            json.RefuseIncomplete("is empty: at least one episode is needed");
        }
        return episodes;
    }

    /// <summary>One episode; beside names a member that stands among its own and is passed over.</summary>
    private static Episode ReadEpisode(ref JsonCursor json, List<IgnoredField> ignored, string? beside = null)
    {
        EpisodeMembersReader reader = new(EpisodeForm.Store, ignored);
        int start = json.TokenStart;
        reader.Read(ref json, beside);
        CheckLength(ref json, start);
        if ((reader.Given & (EpisodeMembers.Situation | EpisodeMembers.Vector)) == 0)
        {
            json.RefuseIncomplete("neither situation nor vector is given");
        }
        return reader.Episode();
    }

    private static EpisodeUpdate ReadUpdate(ref JsonCursor json, string? beside)
    {
        List<IgnoredField> ignored = [];
        EpisodeMembersReader reader = new(EpisodeForm.Update, ignored);
        int start = json.TokenStart;
        reader.Read(ref json, beside);
        CheckLength(ref json, start);
        if (reader.Id == 0)
        {
            json.Refuse("field 'id' is missing");
        }
        if (reader.Given == EpisodeMembers.None)
        {
            json.RefuseIncomplete("nothing to update: a member beside id is needed");
        }
        return new EpisodeUpdate { Id = reader.Id, Given = reader.Given, Values = reader.Episode(), KnownNs = reader.KnownNs, Ignored = ignored };
    }

    private static void CheckLength(ref JsonCursor json, int start)
    {
        if (json.Consumed - start > MemoryLimits.EpisodeBytesMax)
        {
            json.RefuseBeyond(MemoryLimits.EpisodeBytesMax, "bytes");
        }
    }
}
