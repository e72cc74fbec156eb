"""The quiz of the first series: each question with its answers in Hindi and English, the right one first."""

QUESTIONS = [
    (
        "खाता सुरक्षित रखने के लिए सबसे ज़रूरी क्या है?",
        "What keeps an account safe best?",
        [
            ("दो चरणों में साइन इन", "Signing in in two steps"),
            ("सब जगह एक ही पासवर्ड", "One password everywhere"),
            ("पासवर्ड साथियों को बता देना", "Telling the password to colleagues"),
        ],
    ),
    (
        "आया हुआ संदेश आगे भेजने से पहले क्या करें?",
        "What comes before a message is passed on?",
        [
            ("देखें कि वह सच है और किसने लिखा", "Seeing that it is true, and who wrote it"),
            ("तुरंत सब समूहों में भेजें", "Sending it to all groups at once"),
            ("लिखने वाले का नाम हटा दें", "Taking the writer's name away"),
        ],
    ),
    (
        "कम नेटवर्क वाले गाँव के लिए वीडियो कैसा हो?",
        "How is a video for a village with little network?",
        [
            ("छोटा, कुछ एमबी का, शब्दों के साथ", "Short, a few MB, with words on it"),
            ("जितना लंबा और साफ़ हो सके", "As long and sharp as can be"),
            ("केवल बड़ी स्क्रीन के लिए", "For large screens only"),
        ],
    ),
    (
        "किसी की फ़ोटो लगाने से पहले क्या चाहिए?",
        "What is needed before somebody's photo is put up?",
        [
            ("उस व्यक्ति की अनुमति", "That person's consent"),
            ("केवल अच्छी रोशनी", "Good light, no more"),
            ("कुछ नहीं", "Nothing"),
        ],
    ),
    (
        "पोस्टर पर सबसे पहले क्या दिखना चाहिए?",
        "What is seen first on a poster?",
        [
            ("एक साफ़ बात, बड़े अक्षरों में", "One clear thing, in large letters"),
            ("बहुत सारे नाम", "Many names"),
            ("छोटे अक्षरों में पूरा भाषण", "The whole speech in small letters"),
        ],
    ),
    (
        "कोई ग़लत बात लिखे तो जवाब कैसा हो?",
        "How is something wrong answered?",
        [
            ("शालीन, तथ्य और स्रोत के साथ", "Decently, with the fact and its source"),
            ("ग़ुस्से में तुरंत", "At once, in anger"),
            ("उनकी फ़ोटो बिगाड़ कर", "With a spoilt photo of them"),
        ],
    ),
]
