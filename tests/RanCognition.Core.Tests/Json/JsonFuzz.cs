using System.Text;
using RanCognition.Contracts;
using RanCognition.Json;

namespace RanCognition.Tests.Json;

/// <summary>Good texts, damaged: every way to read one gives an answer, or one of the three refusals that are documented.</summary>
internal sealed class JsonFuzz(string[] seeds, string[] pieces, params Action<byte[]>[] reads)
{
    // Of what was read since they were set to 0.
    private int _answers;
    private int _refusals;

    /// <summary>Both have to come from changed texts, at least this often.</summary>
    public void ChangedTextsAreAnsweredOrRefused(int seed, int rounds, int least)
    {
        Random random = new(seed);
        _answers = _refusals = 0;
        for (int i = 0; i < rounds; i++)
        {
            ReadAll(Changed(random, seeds[random.Next(seeds.Length)]));
        }
        Assert.True(_answers > least && _refusals > least, $"{_answers} answers, {_refusals} refusals");
    }

    /// <summary>A whole text has an answer, what is left of it when it is cut has none.</summary>
    public void CutTextsAreRefused()
    {
        foreach (string seed in seeds)
        {
            byte[] text = Encoding.UTF8.GetBytes(seed);
            _answers = 0;
            ReadAll(text);
            Assert.True(_answers > 0, seed);
            _answers = 0;
            for (int length = 1; length < text.Length; length++)   // no bytes at all are the default options
            {
                ReadAll(text[..length]);
            }
            Assert.Equal(0, _answers);
        }
    }

    /// <summary>What was read is written and read again to the same bytes.</summary>
    public static void IsReadAgain<T>(T value)
    {
        byte[] text = ContractJson.Write(value);
        Assert.Equal(text, ContractJson.Write(ContractJson.Read<T>(text)));
    }

    private void ReadAll(byte[] text)
    {
        foreach (Action<byte[]> read in reads)
        {
            try
            {
                read(text);
                _answers++;
            }
            catch (Exception error) when (error is InvalidJsonException or InvalidInputException or LimitExceededException)
            {
                _refusals++;
            }
        }
    }

    private byte[] Changed(Random random, string seed)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(seed)];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int place = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0: bytes[place] = (byte)random.Next(256); break;
                case 1: bytes.RemoveRange(place, Math.Min(random.Next(1, 9), bytes.Count - place)); break;
                case 2: bytes.InsertRange(place, Encoding.UTF8.GetBytes(pieces[random.Next(pieces.Length)])); break;
                default: bytes.InsertRange(place, bytes.GetRange(place, Math.Min(random.Next(1, 20), bytes.Count - place))); break;
            }
            if (bytes.Count == 0)
            {
                bytes.Add((byte)'{');
            }
        }
        return [.. bytes];
    }
}
